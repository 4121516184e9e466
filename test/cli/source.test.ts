import { rmSync } from 'fs';
import { useScene } from './scene';

const scene = useScene();

/** A source repository, the current folder, with one commit. */
function commitSource(subject: string): string {
  scene().git('work', 'init', '--quiet');
  scene().git('work', 'remote', 'add', 'origin', 'https://bot:s3cret@git.invalid/team/app.git');
  scene().write('work/main.ts', 'render();\n');
  scene().git('work', 'add', 'main.ts');
  scene().git('work', '-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', 'commit', '--quiet', '--date=2024-05-06T07:08:09+02:00', '-m', subject);
  return scene().git('work', 'rev-parse', 'HEAD');
}

function message(): string {
  return scene().git('manifests.git', 'log', '-1', '--format=%B', 'a');
}

function render(): void {
  scene().renderBranches(scene().bare('manifests.git'), { a: { f: '1' } }, { inputs: { environment: 'production' } });
}

test('HEAD of the current folder stands in the commit and in the record, without the password of its URL', async () => {
  const commit = commitSource('Fix the port $(touch pwned) `touch pwned`');
  render();

  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });

  expect(message()).toBe([
    `nodezoo: ${commit.slice(0, 7)} Fix the port $(touch pwned) \`touch pwned\``,
    '',
    'App: nodezoo',
    `Source-Commit: ${commit}`,
    'Source-URL: https://git.invalid/team/app.git',
    'Input: environment=production',
  ].join('\n'));
  const { 'cdk8s-fluxcd': ours, ...fields } = scene().metadata('manifests.git', 'a');
  expect(fields).toEqual({
    repoURL: 'https://git.invalid/team/app.git',
    drySha: commit,
    author: 'Ann <ann@example.com>',
    date: '2024-05-06T07:08:09+02:00',
    subject: 'Fix the port $(touch pwned) `touch pwned`',
  });
  expect(ours).not.toHaveProperty('dirty');
  expect(scene().git('manifests.git', 'log', '-1', '--format=%an <%ae> %cn <%ce>', 'a')).toBe('Tester <tester@example.com> Tester <tester@example.com>');
});

test('a dirty tree is said so, by whichever file but the output', async () => {
  const commit = commitSource('One');
  render();
  scene().write('work/main.ts', 'changed();\n');
  const result = await scene().publish();
  expect(result).toMatchObject({ code: 0, stderr: expect.stringMatching(/^warning: commit [0-9a-f]{7} is not all that was rendered: .* uncommitted changes\.\n$/) });
  expect(message()).toContain(`nodezoo: ${commit.slice(0, 7)}-dirty One\n\nApp: nodezoo\nSource-Commit: ${commit}\nSource-Tree: dirty\n`);
  expect(scene().metadata('manifests.git', 'a')['cdk8s-fluxcd'].dirty).toBe(true);
});

test('an untracked source file makes the tree dirty too, also seen from a folder below', async () => {
  commitSource('One');
  render();
  scene().write('work/sub/new.ts', '');
  expect((await scene().publish(['../dist', '--dry-run'], { folder: 'work/sub' })).stderr).toContain('uncommitted changes');
});

test('outside of a repository there is none, and before the first commit neither', async () => {
  render();
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(message()).toBe('nodezoo: rendered manifests\n\nApp: nodezoo\nInput: environment=production');
  expect(Object.keys(scene().metadata('manifests.git', 'a'))).toEqual(['cdk8s-fluxcd']);
  scene().git('work', 'init', '--quiet');
  expect((await scene().publish()).stdout).toContain('Nothing changed');
});

describe('a repository that git cannot read', () => {
  const refused = { code: 2, stdout: '', stderr: expect.stringMatching(/^error: the current folder's repository '.*\/work': git cannot read it \(.+\)\. Mend it, .*safe\.directory; or name the commit with --source-commit\.\n$/) };

  test.each([
    ['is not trusted', () => ({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })],
    ['has a broken configuration', () => void scene().write('work/.git/config', '[broken')],
    ['has lost its commit', () => void scene().write('work/.git/refs/heads/main', `${'1'.repeat(40)}\n`)],
    ['has an empty HEAD', () => void scene().write('work/.git/HEAD', '')],
    ['has lost its refs', () => {
      scene().git('work', 'pack-refs', '--all');
      rmSync(scene().path('work/.git/refs'), { recursive: true });
    }],
    ['is read by a git that is killed', () => scene().before('log', 'kill -9 $$')],
    ['has a broken index', () => void scene().write('work/.git/index', 'broken')],
  ])('and that %s is not taken for none', async (_, breakIt) => {
    scene().git('work', 'init', '--quiet', '--initial-branch=main');
    commitSource('One');
    render();
    const env: NodeJS.ProcessEnv = breakIt() ?? {};

    expect(await scene().publish([], { env })).toMatchObject(refused);
    expect(scene().heads('manifests.git')).toEqual({});
  });

  test('is not needed where the commit is named, but for whether to sign', async () => {
    commitSource('One');
    render();
    scene().write('work/.git/config', '[broken');
    const named = ['--source-commit', 'f'.repeat(40)];
    expect(await scene().publish(named)).toMatchObject({ code: 2, stderr: expect.stringMatching(/git cannot read it \(bad config line \d .*\)\. Mend it, .*; or publish with --no-gpg-sign\.\n$/) });
    expect(await scene().publish([...named, '--no-gpg-sign'])).toMatchObject({ code: 0, stderr: '' });
    expect(message()).toContain(`Source-Commit: ${'f'.repeat(40)}`);
  });
});

test('a folder where nothing is checked out has nothing that is uncommitted', async () => {
  const commit = commitSource('One');
  render();
  scene().git('work', 'config', 'core.bare', 'true');
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(message()).toContain(`Source-Commit: ${commit}`);
});

test('a folder that is called .git and is no repository is none', async () => {
  render();
  scene().write('work/.git/notes', '');
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
});

test('it may be named, whether git knows it or not', async () => {
  const commit = commitSource('One');
  render();
  await scene().publish(['--source-commit', commit.slice(0, 10), '--source-url', 'ssh://git@git.invalid/x.git']);
  expect(scene().metadata('manifests.git', 'a')).toMatchObject({ drySha: commit, subject: 'One', repoURL: 'ssh://git@git.invalid/x.git' });
  render();
  scene().renderBranches(scene().path('manifests.git'), { a: { f: '2' } });
  await scene().publish(['--source-commit', 'f'.repeat(40), '--source-url', 'https://me:pw@git.invalid/x.git']);
  expect(scene().metadata('manifests.git', 'a')).toMatchObject({ drySha: 'f'.repeat(40), repoURL: 'https://git.invalid/x.git' });
});

test.each([
  'https://bot:a/s3cret@git.invalid/app.git', 'bot:s3cret@git.invalid:app.git',
])('a URL of the current folder in which a password may hide (%s) is left out', async (url) => {
  const commit = commitSource('One');
  scene().git('work', 'remote', 'set-url', 'origin', url);
  render();
  expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  expect(scene().metadata('manifests.git', 'a')).toMatchObject({ drySha: commit });
  expect(scene().metadata('manifests.git', 'a')).not.toHaveProperty('repoURL');
  expect(message()).not.toContain('s3cret');
});

test('inputs with line breaks and quotes stay on their line', async () => {
  scene().renderBranches(scene().bare('manifests.git'), { a: { f: '1' } }, { inputs: { 'a': 'x\n\nSource-Commit: fake', 'b"': '$(touch pwned)\0' } });
  expect(await scene().publish()).toMatchObject({ code: 0 });
  expect(message().split('\n').slice(2)).toEqual(['App: nodezoo', 'Input: "a=x\\n\\nSource-Commit: fake"', 'Input: "b\\"=$(touch pwned)\\u0000"']);
});

test('who has configured no identity commits as the command itself', async () => {
  scene().git('home', 'config', '--global', '--unset-all', 'user.name');
  scene().git('home', 'config', '--global', '--unset-all', 'user.email');
  render();
  expect(await scene().publish()).toMatchObject({ code: 0 });
  expect(scene().git('manifests.git', 'log', '-1', '--format=%an <%ae>', 'a')).toBe('cdk8s-fluxcd <noreply@cdk8s-fluxcd.invalid>');
});
