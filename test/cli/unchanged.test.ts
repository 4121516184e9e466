import { createHash } from 'crypto';
import * as fc from 'fast-check';
import { GitObject } from '../../src/cli/git/git-objects';
import { LiveBranch } from '../../src/cli/git/live-branch';
import { PlanContext } from '../../src/cli/publish/branch-plan';
import { closePlan } from '../../src/cli/publish/branch-work';
import { DesiredBranch, DesiredFile } from '../../src/cli/publish/desired';
import { SourceCommit } from '../../src/cli/publish/source';
import { unchangedPlan } from '../../src/cli/publish/unchanged';

const TIP = 'c'.repeat(40);

/** Objects of git, as far as a branch asks for them. */
class Objects {
  private readonly byName = new Map<string, GitObject>();

  constructor(files: ReadonlyMap<string, Buffer>) {
    this.byName.set(`${TIP}:`, this.tree([...files].map(([path, content]) => ({ parts: path.split('/'), content }))));
  }

  /** Asks as often as something is missing. */
  public answer<T>(ask: (live: LiveBranch) => T): T {
    const live = new LiveBranch(TIP);
    for (; ;) {
      const result = ask(live);
      if (live.missing.length === 0) {
        return result;
      }
      live.missing.forEach((name) => live.take(name, this.byName.get(name)));
    }
  }

  private tree(files: { parts: string[]; content: Buffer }[]): GitObject {
    const names = [...new Set(files.map(({ parts: [name] }) => name))].sort();
    return this.keep('tree', Buffer.concat(names.map((name) => {
      const below = files.filter(({ parts }) => parts[0] === name);
      const isFile = below[0].parts.length === 1;
      const { oid } = isFile ? this.keep('blob', below[0].content) : this.tree(below.map(({ parts, content }) => ({ parts: parts.slice(1), content })));
      return Buffer.concat([Buffer.from(`${isFile ? '100644' : '40000'} ${name}\0`), Buffer.from(oid, 'hex')]);
    })));
  }

  private keep(type: string, content: Buffer): GitObject {
    const oid = createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
    this.byName.set(oid, { oid, type, content });
    return this.byName.get(oid)!;
  }
}

function context(more: Partial<PlanContext> = {}): PlanContext {
  return {
    manifest: { app: 'shop', inputs: { environment: 'test' } } as unknown as PlanContext['manifest'],
    adopt: false,
    overwrite: false,
    mayLoseAll: false,
    findings: { rendered: new Set(), gone: new Set(), sources: new Map(), recorded: new Map() },
    ...more,
  };
}

function desired(files: readonly (readonly [string, string])[], path = ''): DesiredBranch {
  return { branch: 'web', targets: [{ path, files: files.map(([name, content]) => new DesiredFile(name, Buffer.from(content))), exceptions: [] }] };
}

const MARKED = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n' +
  '        - name: web\n          image: a:1 # {"$imagepolicy": "flux-system:web"}\n';
const names = fc.constantFrom('a.yaml', 'b.yaml', 'c/a.yaml', 'c/d/e.yaml');
const contents = fc.constantFrom('', 'one: 1\n', 'two: 2\n', MARKED);
const files = fc.uniqueArray(fc.tuple(names, contents), { selector: ([name]) => name, minLength: 1 });

/** What a branch that was published may have become. */
const edits = fc.array(fc.oneof(
  fc.record({
    what: fc.constant('write' as const),
    path: fc.oneof(names, fc.constantFrom('z.yaml', 'hydrator.metadata', 'c/hydrator.metadata')),
    content: fc.oneof(contents, fc.constant('{}')),
  }),
  fc.record({ what: fc.constant('delete' as const), path: fc.oneof(names, fc.constant('hydrator.metadata')) }),
), { maxLength: 3 });
const often = <T>(usual: T, ...others: T[]) => (
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
);
const source = (url: string) => ({ commit: 'a'.repeat(40), url } as SourceCommit);
const HERE = source('https://example.com/here');

test('whatever stands on a branch, the short way to see that nothing changed comes to what the long one does', () => {
  let taken = 0;
  const options = often<Partial<PlanContext>>({}, { overwrite: true }, { adopt: true }, { adopt: true, source: source('https://example.com/there') });
  const edited = fc.oneof(fc.constant([]), edits);
  fc.assert(fc.property(files, files, often(true, false), edited, often('shop', 'other'), options, (before, other, isSame, changes, app, more) => {
    const published = closePlan(desired(before), undefined, context({ source: HERE, manifest: { ...context().manifest, app } }))!.writes;
    changes.forEach((change) => change.what === 'write' ? published.set(change.path, Buffer.from(change.content)) : published.delete(change.path));
    const objects = new Objects(published);
    const wanted = desired(isSame ? before : other);
    const now = context({ source: HERE, ...more });

    const short = objects.answer((live) => unchangedPlan(wanted, live, now));

    if (short) {
      taken++;
      expect(short).toEqual(objects.answer((live) => closePlan(wanted, live, now)));
    }
  }), { numRuns: 1000 });
  expect(taken).toBeGreaterThan(100);
});

test.each([
  ['the branch is as it should be', [['a.yaml', 'one: 1\n'], ['c/d/e.yaml', 'two: 2\n']], '', true],
  ['an image automation may write there', [['a.yaml', MARKED]], '', false],
  ['the app has a directory of it', [['c/a.yaml', 'one: 1\n']], 'c', false],
] as const)('the short way is taken: %s', (_, rendered, path, isTaken) => {
  const wanted = desired(rendered, path);
  const objects = new Objects(closePlan(wanted, undefined, context())!.writes);
  expect(objects.answer((live) => unchangedPlan(wanted, live, context())) !== undefined).toBe(isTaken);
  expect(objects.answer((live) => closePlan(wanted, live, context()))!.writes.size).toBe(0);
});

test.each([
  ['the app has a directory besides', (whole: DesiredBranch) => ({ ...whole, targets: [...whole.targets, ...desired([['c/a.yaml', 'one: 1\n']], 'c').targets] })],
  ['Flux reads others from it', (whole: DesiredBranch) => ({ ...whole, targets: whole.targets.map((target) => ({ ...target, delivered: [], objects: [] })) })],
])('the short way is not taken where %s', (_, change) => {
  const wanted = change(desired([['a.yaml', 'one: 1\n']]));
  const objects = new Objects(closePlan(wanted, undefined, context())!.writes);
  expect(objects.answer((live) => unchangedPlan(wanted, live, context()))).toBeUndefined();
});
