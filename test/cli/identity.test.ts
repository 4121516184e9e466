import { execFileSync } from 'child_process';
import { useScene } from './scene';

const scene = useScene();

beforeEach(() => scene().renderBranches(scene().bare('manifests.git'), { web: { f: '1' }, api: { f: '1' } }));

function log(format: string): string {
  return scene().git('manifests.git', 'log', '-1', `--format=${format}`, 'web');
}

test('--author and --message say who and what, and the source stays in the commit', async () => {
  expect(await scene().publish(['--author', 'Ann <ann@example.com>', '--message', 'New port\n\nAs agreed.', '--source-commit', 'a'.repeat(40)])).toMatchObject({ code: 0 });
  expect(log('%an <%ae> %cn <%ce>')).toBe('Ann <ann@example.com> Tester <tester@example.com>');
  expect(log('%B')).toBe(`New port\n\nAs agreed.\n\nApp: nodezoo\nSource-Commit: ${'a'.repeat(40)}`);
});

test('a message that holds commands, line breaks of its own or nothing printable is text', async () => {
  expect(await scene().publish(['--message', '$(touch pwned) `x` \u001b[31m'])).toMatchObject({ code: 0 });
  expect(log('%s')).toBe('"$(touch pwned) `x` \\u001b[31m"');
});

test.each(['Ann', 'Ann <>', '<ann@example.com>', 'Ann\n <ann@example.com>', 'Ann <a b@example.com>'])('no author: %j', async (author) => {
  expect(await scene().publish(['--author', author, '--dry-run'])).toMatchObject({ code: 2, stderr: expect.stringContaining('is no author') });
});

describe('where git is configured to sign', () => {
  beforeEach(() => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', scene().path('key')]);
    scene().write('signers', `tester@example.com ${scene().read('key.pub')}`);
    scene().configure('gpg.format', 'ssh');
    scene().configure('commit.gpgSign', 'true');
    scene().configure('gpg.ssh.allowedSignersFile', scene().path('signers'));
  });

  test('every commit is signed', async () => {
    scene().configure('user.signingKey', scene().path('key'));
    expect(await scene().publish(['--source-commit', 'a'.repeat(40), '--message', 'Ünï'])).toMatchObject({ code: 0, stderr: '' });
    for (const ref of ['web', 'api', 'refs/notes/cdk8s-fluxcd/nodezoo']) {
      expect(scene().git('manifests.git', 'log', '-1', '--format=%G? %an', ref)).toBe('G Tester');
    }
    expect(log('%s')).toBe('Ünï');
    expect((await scene().publish(['--source-commit', 'a'.repeat(40)])).stdout).toContain('Nothing changed');
  });

  test.each([
    ['a git that is killed', () => scene().before('--get-regexp', 'kill -9 $$'), /^error: git: was ended by a signal .* whether to sign\. Publish again\.\n$/],
    ['a git that does not trust the repository of the current folder', () => {
      scene().git('work', 'init', '--quiet');
      scene().git('work', 'config', 'commit.gpgSign', 'true');
      scene().configure('safe.directory', scene().path('manifests.git'));
      return { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' };
    }, /^error: the current folder's repository .*: git cannot read it \(detected dubious ownership .*\)\. .*; or publish with --no-gpg-sign\.\n$/],
  ])('%s does not say so, and nothing is published unsigned', async (_, prepare, said) => {
    scene().configure('commit.gpgSign', 'false');
    const env = prepare();
    expect(await scene().publish(['--source-commit', 'a'.repeat(40)], { env })).toMatchObject({ code: 2, stderr: expect.stringMatching(said) });
    expect(scene().heads('manifests.git')).toEqual({});
  });

  test.each([['0x0', 'N'], ['1k', 'G']])('commit.gpgSign = %s is read as git reads it', async (value, expected) => {
    scene().configure('user.signingKey', scene().path('key'));
    scene().configure('commit.gpgSign', value);
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    expect(log('%G?')).toBe(expected);
  });

  test('by what is neither true nor false, nothing is published', async () => {
    scene().configure('commit.gpgSign', 'maybe');
    expect(await scene().publish()).toMatchObject({
      code: 2, stderr: 'error: git\'s configuration: commit.gpgSign is "maybe", which is neither true nor false. Mend it, or publish with --no-gpg-sign.\n',
    });
    expect(scene().heads('manifests.git')).toEqual({});
  });

  test('and cannot, nothing is published unsigned, unless told so', async () => {
    scene().configure('user.signingKey', scene().path('no-such-key'));
    expect(await scene().publish()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^error: git is configured to sign commits \(commit\.gpgSign\), and cannot: .*--no-gpg-sign\.\n$/) });
    expect(scene().heads('manifests.git')).toEqual({});
    expect(await scene().publish(['--no-gpg-sign'])).toMatchObject({ code: 0, stderr: '' });
    expect(log('%G?')).toBe('N');
  });
});
