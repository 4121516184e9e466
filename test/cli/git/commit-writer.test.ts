import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Readable } from 'stream';
import * as fc from 'fast-check';
import { CommitWriter } from '../../../src/cli/git/commit-writer';

const KNOWN = new Map([['refs/heads/there', 'a'.repeat(40)]]);
const WHO = { author: 'A <a@b> 1 +0000', committer: 'A <a@b> 1 +0000' };
let folder: string;
let given: string[];
let writer: CommitWriter;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commit-writer-'));
  open();
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A stand-in for git that keeps what it is given, and makes the last mark a commit. */
function open(): void {
  given = [];
  writer = new CommitWriter(folder, async (args, input, signal) => {
    const file = args.find((arg) => arg.startsWith('--export-marks='))!.replace(/^.*?=/, '');
    const index = given.push('') - 1;
    signal.addEventListener('abort', () => input.destroy());
    await read(input, index).catch(() => undefined);
    writeFileSync(file, [...given[index].matchAll(/^mark :(\d+)$/gm)].map(([, mark]) => `:${mark} ${mark.padStart(40, '0')}\n`).join(''));
  });
}

async function read(input: Readable, index: number): Promise<void> {
  for await (const chunk of input) {
    given[index] += chunk;
  }
}

const commit = (content: Buffer) => ({ parents: [], message: 'm', removed: [], writes: new Map([['f', content]]) });

test('only what new branches hold is written before it is committed, whether it comes before they are known or after', async () => {
  const [early, late, there] = ['early', 'late', 'there'].map((text) => Buffer.from(text));
  writer.writeAhead('new', [early]);
  writer.writeAhead('there', [there]);
  writer.know(KNOWN);
  writer.writeAhead('other', [late]);

  await writer.commit([commit(late), commit(early), commit(there)], WHO);

  expect(given).toHaveLength(1);
  expect(given[0].split('commit refs/scratch')[0]).toBe('blob\nmark :1\ndata 5\nearly\nblob\nmark :2\ndata 4\nlate\nreset refs/scratch\n\n');
  expect([...given[0].matchAll(/^M 100644 (\S+) "f"$/gm)].map(([, content]) => content)).toEqual([':2', ':1', 'inline']);
});

test('nothing is begun for a branch without files, nor after it was closed', async () => {
  writer.know(KNOWN);
  writer.writeAhead('new', []);
  await writer.close();
  writer.writeAhead('new', [Buffer.from('late')]);
  expect(given).toEqual([]);
});

test('what was begun ends when it is closed', async () => {
  writer.know(KNOWN);
  writer.writeAhead('new', [Buffer.alloc(1_000_000, 'x')]);
  await writer.close();
  expect(given[0]).not.toContain('done');
});

test('each commit gets its own id, and git all bytes in their order, however much is written before', async () => {
  const sizes = fc.array(fc.oneof(fc.nat(50), fc.constantFrom(0, 70_000, 200_000)), { maxLength: 12 });
  await fc.assert(fc.asyncProperty(sizes, sizes, async (ahead, later) => {
    open();
    const [first, second] = [ahead, later].map((all, index) => all.map((size) => Buffer.alloc(size, String(index))));
    writer.know(KNOWN);
    first.forEach((content) => writer.writeAhead('new', [content, content]));
    const commits = [...first, ...second].map(commit);

    const ids = await writer.commit(commits, WHO);

    expect(ids).toEqual(commits.map((_, index) => String(first.length + index + 1).padStart(40, '0')));
    // Each commit has a message besides.
    const told = [...given.join('').matchAll(/^data (\d+)$/gm)].map(([, size]) => Number(size));
    expect(told).toEqual([...ahead, ...ahead.map(() => 1), ...later.flatMap((size) => [1, size])]);
    expect(given.join('').endsWith('\ndone\n') || commits.length === 0).toBe(true);
  }), { numRuns: 50 });
});
