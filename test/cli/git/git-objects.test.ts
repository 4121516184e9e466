import * as fc from 'fast-check';
import { parseCommit, parseObjects, parseTree } from '../../../src/cli/git/git-objects';
import { LiveBranch } from '../../../src/cli/git/live-branch';
import { RemoteFault } from '../../../src/cli/remote-fault';

const OID = 'a'.repeat(40);
const ID = Buffer.alloc(20, 1);
const object = (type: string, ...parts: (string | Buffer)[]) => (
  { oid: OID, type, content: Buffer.concat(parts.map((part) => Buffer.from(part as string))) }
);
const COMMIT = `tree ${OID}\nparent ${OID}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n`;

/** What a reader makes of it: everything but a fault is a crash. */
function readOrFault<T>(read: () => T): T | 'fault' {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(RemoteFault);
    return 'fault';
  }
}

test.each([
  ['without an end', object('tree', '100644 a.yaml')],
  ['that is one word', object('tree', 'nonsense')],
  ['with a name and no id', object('tree', '100644 a.yaml\0')],
  ['with half an id', object('tree', '100644 a.yaml\0', ID, '100644 b.yaml\0', ID.subarray(1))],
])('a tree %s is damaged', (_, tree) => {
  const branch = new LiveBranch(OID);
  branch.find('a.yaml');

  expect(() => branch.take(`${OID}:`, tree)).toThrow(new RemoteFault({
    kind: 'fatal', exitCode: 5, text: `object '${OID}' of the remote is damaged. See what 'git fsck' says there.`,
  }));
});

test.each([
  ['without a message', COMMIT.slice(0, -1)],
  ['without a tree', COMMIT.slice(COMMIT.indexOf('\n') + 1)],
  ['that is nothing', ''],
])('a commit %s is damaged', (_, content) => {
  expect(() => parseCommit(object('commit', content))).toThrow(/is damaged/);
});

test('an answer of git that is cut short is asked for again', () => {
  for (const output of [`${OID} blob 3`, `${OID} blob 3\n`, `${OID} blob 3\nab`, `${OID} blob 3\nabc`]) {
    expect(() => parseObjects(Buffer.from(output))).toThrow(expect.objectContaining({ fault: expect.objectContaining({ kind: 'unavailable' }) }));
  }
  expect(parseObjects(Buffer.from(`${OID} blob 3\nabc\nx missing\n`))).toEqual([object('blob', 'abc'), undefined]);
});

describe('whatever the bytes are', () => {
  const parts = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('100644 ', '40000 a\0', 'x\0', ID, COMMIT, '\n\n', `${OID} blob 5\n`).map((part) => new Uint8Array(Buffer.from(part as string))));
  const bytes = fc.array(parts, { maxLength: 8 }).map((all) => Buffer.concat(all));

  test('a tree is read to its end, or damaged', () => {
    fc.assert(fc.property(bytes, (content) => {
      const entries = readOrFault(() => parseTree(object('tree', content)));
      if (entries !== 'fault') {
        expect(entries.every(({ oid }) => oid.length === 40)).toBe(true);
      }
    }));
  });

  test('a commit is read, or damaged', () => {
    fc.assert(fc.property(bytes, (content) => {
      const commit = readOrFault(() => parseCommit(object('commit', content)));
      expect(commit === 'fault' || [commit.tree, commit.author, commit.committer].every((text) => typeof text === 'string')).toBe(true);
    }));
  });

  test('the answers of git are read, or asked for again', () => {
    fc.assert(fc.property(bytes, (output) => {
      readOrFault(() => parseObjects(output));
    }));
  });
});
