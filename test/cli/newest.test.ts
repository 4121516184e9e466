import { execFileSync } from 'child_process';
import { useScene } from './scene';

const scene = useScene();
const REF = 'refs/notes/cdk8s-fluxcd/nodezoo';

/** A source repository with a remote of its own; the current folder is a clone of it. */
function source(): void {
  scene().bare('app.git');
  scene().git('.', 'clone', '--quiet', 'app.git', 'work');
  scene().write('work/.gitignore', 'dist\n');
  scene().git('work', 'add', '.');
}

/** A commit of the source at a certain time, pushed. */
function commit(date: string): string {
  const at = `${date}T00:00:00Z`;
  execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', date, `--date=${at}`], {
    cwd: scene().path('work'), env: { ...scene().env, GIT_COMMITTER_DATE: at },
  });
  scene().git('work', 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
  return scene().git('work', 'rev-parse', 'HEAD');
}

function render(content: string, more: object = {}): void {
  scene().renderBranches(scene().path('manifests.git'), { web: { 'web.yaml': content } }, more);
}

function newest(): any {
  return JSON.parse(scene().git('manifests.git', 'log', '-1', '--format=%b', REF));
}

async function refused(...args: string[]): Promise<string> {
  const before = [scene().heads('manifests.git'), scene().git('manifests.git', 'rev-parse', REF)];
  const result = await scene().publish(args);
  expect(result).toMatchObject({ code: 4, stdout: '' });
  expect([scene().heads('manifests.git'), scene().git('manifests.git', 'rev-parse', REF)]).toEqual(before);
  return result.stderr;
}

describe('a build of an older commit that finishes late', () => {
  let first: string;
  let second: string;

  beforeEach(async () => {
    scene().bare('manifests.git');
    source();
    first = commit('2026-02-02');
    // By date the older one: ancestry is what counts.
    second = commit('2026-01-01');
    render('v2');
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  });

  test('is refused, and told which commit is newer', async () => {
    render('v1');
    expect(await refused('--source-commit', first)).toBe(
      `error: repository 'manifests', branch 'web': was published from source commit ${second.slice(0, 7)} (2026-01-01T00:00:00+00:00), ` +
      `which is newer than ${first.slice(0, 7)} (2026-02-02T00:00:00+00:00), which was rendered now. ` +
      'Publish from the newer commit, or with --allow-older to go back.\n');
  });

  test('goes back with --allow-older, and forward again without', async () => {
    render('v1');
    expect(await scene().publish(['--source-commit', first, '--allow-older'])).toMatchObject({ code: 0, stderr: '' });
    expect(scene().content('manifests.git', 'web', 'web.yaml')).toBe('v1');
    render('v2');
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(scene().content('manifests.git', 'web', 'web.yaml')).toBe('v2');
  });

  test('is refused also when the newer one changed nothing, which moves no branch', async () => {
    const heads = scene().heads('manifests.git');
    const third = commit('2026-03-03');
    expect(await scene().publish()).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing changed') });
    expect(scene().heads('manifests.git')).toEqual(heads);
    expect(newest().sources).toEqual([{ commit: third, date: expect.stringContaining('2026-03-03'), targets: ['web'] }]);
    render('v1');
    await refused('--source-commit', second);
  });

  test('is told by the history of the origin where the clone is shallow', async () => {
    scene().git('.', 'clone', '--quiet', '--depth=1', '--branch=main', `file://${scene().path('app.git')}`, 'shallow');
    scene().git('shallow', 'fetch', '--quiet', '--depth=1', 'origin', first);
    scene().git('shallow', 'checkout', '--quiet', first);
    render('v1');
    const result = await scene().publish([scene().path('work/dist')], { folder: 'shallow' });
    expect(result).toMatchObject({ code: 4, stderr: expect.stringContaining('which is newer than') });
    expect(scene().git('shallow', 'rev-parse', '--is-shallow-repository')).toBe('true');
  });

  test('is told by the dates where there is no history', async () => {
    render('v1');
    const before = '2025-12-31T00:00:00Z';
    expect((await scene().publish(['--source-commit', 'c'.repeat(40), '--source-date', before])).stderr).toContain(`(${before})`);
    expect(await scene().publish(['--source-commit', 'c'.repeat(40), '--source-date', '2026-05-01T00:00:00Z'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('is told by when it was committed, not by when it was written, where no ref keeps it', async () => {
    scene().git('work', '-c', 'user.name=x', 'commit', '--quiet', '--allow-empty', '--amend', '--no-edit', '--date=2025-01-01T00:00:00Z');
    render('v3');
    expect(await scene().publish(['--allow-older'])).toMatchObject({ code: 0 });
    const record = scene().metadata('manifests.git', 'web');
    expect(record.date).toContain('2025-01-01');
    expect(Date.parse(record['cdk8s-fluxcd'].committed)).toBeGreaterThan(Date.parse('2026-01-02'));
    scene().git('manifests.git', 'update-ref', '-d', REF);
    render('v1');
    const older = ['--source-commit', 'c'.repeat(40), '--source-date', '2026-01-02T00:00:00Z'];
    expect(await scene().publish(older)).toMatchObject({ code: 4, stderr: expect.stringContaining('which is newer than') });
  });

  test('is refused also when a review brought the newer one, which moves no ref', async () => {
    const [third, fourth] = [commit('2026-03-03'), commit('2026-04-04')];
    render('v4');
    expect(await scene().publish(['--review', 'x'])).toMatchObject({ code: 0 });
    scene().git('manifests.git', 'update-ref', 'refs/heads/web', 'refs/heads/review/x/nodezoo/web');
    render('v3');
    expect(await refused('--source-commit', third)).toContain(`was published from source commit ${fourth.slice(0, 7)}`);
  });

  test('goes back with --allow-older where nothing else changes, too, and the next one follows', async () => {
    commit('2026-03-03');
    render('v3');
    expect(await scene().publish()).toMatchObject({ code: 0 });
    scene().git('manifests.git', 'update-ref', '-d', REF);
    expect(await scene().publish(['--source-commit', first, '--allow-older'])).toMatchObject({ code: 0, stderr: '' });
    expect(scene().metadata('manifests.git', 'web').drySha).toBe(first);
    render('v2');
    expect(await scene().publish(['--source-commit', second])).toMatchObject({ code: 0, stderr: '' });
  });

  test('is taken for newer, with a warning, where nothing tells', async () => {
    render('v1');
    expect(await scene().publish(['--source-commit', 'c'.repeat(40)])).toMatchObject({
      code: 0, stderr: expect.stringMatching(/^warning: commit ccccccc was taken for newer than .* the history that would tell is not at hand/),
    });
  });
});

test('what an app publishes from another commit elsewhere is nothing to it: an environment each', async () => {
  scene().bare('manifests.git');
  source();
  const first = commit('2026-01-01');
  commit('2026-01-02');
  scene().renderBranches(scene().path('manifests.git'), { staging: { f: '2' } });
  expect(await scene().publish()).toMatchObject({ code: 0 });
  scene().renderBranches(scene().path('manifests.git'), { production: { f: '1' } });
  expect(await scene().publish(['--source-commit', first])).toMatchObject({ code: 0, stderr: '' });
  expect(newest().sources).toEqual([expect.objectContaining({ commit: first, targets: ['production'] }), expect.objectContaining({ targets: ['staging'] })]);
});

test('another build that publishes at the same moment is seen', async () => {
  scene().bare('manifests.git');
  source();
  const first = commit('2026-01-01');
  const second = commit('2026-01-02');
  render('v1');
  const other = scene().path('other');
  scene().renderBranches(scene().path('manifests.git'), { web: { 'web.yaml': 'v2' } }, {}, 'other');
  const main = require.resolve('../../lib/cli/main.js');
  const env = scene().before('push', `PATH="${scene().env.PATH}" "${process.execPath}" "${main}" publish "${other}" --source-commit ${second}`);
  const result = await scene().publish(['--source-commit', first], { env });
  expect(result).toMatchObject({ code: 4, stderr: expect.stringContaining('which is newer than') });
  expect(scene().content('manifests.git', 'web', 'web.yaml')).toBe('v2');
});

describe('a host that takes no such refs', () => {
  test('has the records of the config directory say it', async () => {
    const [manifests, config] = [scene().bare('manifests.git'), scene().bare('config.git')];
    ['manifests.git', 'config.git'].forEach((repository) => scene().hook(repository, 'update', 'case "$1" in refs/notes/*) echo "only branches here"; exit 1;; esac'));
    source();
    const first = commit('2026-01-01');
    const second = commit('2026-01-02');
    const third = commit('2026-01-03');
    const rendered = (content: string) => scene().render({
      repositories: {
        config: { url: config, targets: [{ role: 'config', branch: 'main', path: 'apps/production/nodezoo', files: { 'apps/production/nodezoo/k.yaml': 'k' } }] },
        manifests: { url: manifests, targets: [{ branch: 'web', files: { 'web.yaml': content } }] },
      },
    });
    rendered('v2');
    expect(await scene().publish(['--source-commit', second])).toMatchObject({ code: 0, stderr: '' });
    const heads = scene().heads('manifests.git');
    rendered('v1');
    expect(await scene().publish(['--source-commit', first])).toMatchObject({ code: 4, stderr: expect.stringContaining("branch 'web': was published from source commit") });
    expect(scene().heads('manifests.git')).toEqual(heads);

    rendered('v2');
    expect(await scene().publish(['--source-commit', third])).toMatchObject({ code: 0, stderr: '' });
    expect(scene().heads('manifests.git')).toEqual(heads);
    expect(await scene().publish(['--source-commit', second])).toMatchObject({ code: 4 });
    expect(scene().metadata('config.git', 'main', 'apps/production/nodezoo')['cdk8s-fluxcd'].sources).toMatchObject({
      config: [{ commit: third, targets: ['main:apps/production/nodezoo'] }], manifests: [{ commit: third, targets: ['web'] }],
    });
  });
});

test('a brace in the name of who commits is no part of it', async () => {
  scene().bare('manifests.git');
  source();
  scene().configure('user.name', 'CI {bot}');
  commit('2026-01-01');
  render('v1');
  expect(await scene().publish()).toMatchObject({ code: 0 });
  commit('2026-01-02');
  render('v2');
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
});

test('where the host refuses the ref, a dry run of what is published has nothing to do', async () => {
  const manifests = scene().bare('manifests.git');
  scene().hook('manifests.git', 'update', 'case "$1" in refs/notes/*) exit 1;; esac');
  source();
  commit('2026-01-01');
  scene().render({
    repositories: {
      manifests: {
        url: manifests,
        targets: [
          { branch: 'web', files: { f: '1' } }, { role: 'config', branch: 'main', path: 'apps/production/nodezoo', files: { 'apps/production/nodezoo/k.yaml': 'k' } },
        ],
      },
    },
  });
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect((await scene().publish(['--dry-run'])).stdout).toContain('Dry run: nothing changed.');
});

test('a host that takes the ref and hides it is one that takes none', async () => {
  scene().bare('manifests.git');
  scene().git('manifests.git', 'config', 'uploadpack.hideRefs', 'refs/notes');
  source();
  commit('2026-01-01');
  render('v1');
  expect(await scene().publish()).toMatchObject({ code: 0 });
  commit('2026-01-02');
  render('v2');
  expect(await scene().publish(['--deadline', '60s'])).toMatchObject({ code: 0 });
  expect(scene().content('manifests.git', 'web', 'web.yaml')).toBe('v2');
});

test('a ref that somebody else has written to is named, and nothing is published', async () => {
  scene().bare('manifests.git');
  source();
  commit('2026-01-01');
  scene().commit('manifests.git', 'main', { f: '1' });
  scene().git('manifests.git', 'update-ref', REF, 'main');
  render('v1');
  expect(await scene().publish()).toMatchObject({ code: 4, stderr: expect.stringContaining(`ref '${REF}' cannot be read`) });
});

test.each(['+9999', '-7000'])('a commit with a time zone that only git takes (%s) is published without its date, and followed', async (zone) => {
  scene().bare('manifests.git');
  source();
  const first = commit('2026-01-01');
  const tree = scene().git('work', 'rev-parse', 'HEAD^{tree}');
  scene().write('odd', `tree ${tree}\nparent ${first}\nauthor a <a@b> 1780000000 ${zone}\ncommitter a <a@b> 1780000000 ${zone}\n\nodd\n`);
  const odd = scene().git('work', 'hash-object', '-t', 'commit', '-w', '--literally', scene().path('odd'));
  scene().git('work', 'update-ref', 'HEAD', odd);
  render('v1');
  expect(await scene().publish()).toMatchObject({ code: 0 });
  expect(newest().sources).toEqual([{ commit: odd, targets: ['web'] }]);
  const next = commit('2026-07-01');
  render('v2');
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(newest().sources[0].commit).toBe(next);
});

test('a date in the ref that nothing can read is none: the history tells', async () => {
  scene().bare('manifests.git');
  source();
  const first = commit('2026-01-01');
  commit('2026-02-02');
  render('v2');
  expect(await scene().publish()).toMatchObject({ code: 0 });
  const message = scene().git('manifests.git', 'log', '-1', '--format=%B', REF).replace(/"date": "[^"]*"/, '"date": "2026-13-01T00:00:00Z"');
  scene().write('message', message);
  const tree = scene().git('manifests.git', 'rev-parse', `${REF}^{tree}`);
  scene().git('manifests.git', 'update-ref', REF, scene().git('manifests.git', 'commit-tree', tree, '-F', scene().path('message')));
  render('v1');
  await refused('--source-commit', first);
});
