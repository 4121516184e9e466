import { spawn } from 'child_process';
import { closeSync, openSync, symlinkSync } from 'fs';
import { MAIN, outcome, Outcome, Target, useScene } from './scene';
import { GitHttpServer } from '../tools/git-http-server';

const scene = useScene();

/** One line on stderr, nothing on stdout, no stack trace, nothing left behind. */
function expectLine(result: Outcome, code: number, line: string | RegExp): void {
  expect(result).toEqual({ code, stdout: '', stderr: typeof line === 'string' ? `error: ${line}\n` : expect.stringMatching(line) });
  expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(scene().leftovers()).toEqual([]);
}

function renderTargets(...targets: Target[]): void {
  scene().render({ repositories: { manifests: { url: scene().bare('manifests.git'), targets } } });
}

const branch = (name: string): Target => ({ branch: name, files: {} });

describe('the output folder', () => {
  test.each([
    ['is not there', undefined, 'nowhere/delivery.json: no such file. Render the app first (a FluxApp, for an App delivers nothing), or name the folder it was rendered to.'],
    ['is broken', '{"version":1', /^error: nowhere\/delivery\.json: not JSON \(.*\)\. Render the app again\.\n$/],
    ['is of another version', '{"version":2}', 'nowhere/delivery.json: version 2, and this cdk8s-fluxcd reads version 1. Use the same version of cdk8s-fluxcd to render and to publish; upgrade the older one.'],
    ['has no version', '{"inputs":{},"repositories":[],"unclaimed":[]}', /the document must have required property 'version'/],
    ['has another shape', '{"version":1,"inputs":{},"repositories":{},"unclaimed":[]}', /repositories must be array/],
  ])('%s', async (_, content, line) => {
    if (content !== undefined) {
      scene().write('work/nowhere/delivery.json', content);
    }
    expectLine(await scene().publish(['nowhere']), 3, line);
  });

  test('lists a file that is not there', async () => {
    renderTargets({ branch: 'a', files: { f: '' } });
    scene().write('work/dist/delivery.json', scene().read('work/dist/delivery.json').replace('"f"', '"f","g"'));
    expectLine(await scene().publish(), 3, "dist/delivery.json: repository 'manifests', branch 'a', file 'g': dist/manifests/a/g does not exist. Render the app again.");
  });

  test.each(['', ' \n\t\r\n'])('has a file that was emptied (%j), for Flux would delete what was in it', async (content) => {
    renderTargets({ branch: 'cart', path: 'cart', files: { 'cart/cart.yaml': content, 'cart/more.yaml': 'a: b\n' }, objects: ['Deployment.apps shop/cart', 'Service shop/cart'] });
    for (const command of ['publish', 'diff']) {
      expectLine(await scene().run([command]), 3,
        "dist/manifests/cart/cart/cart.yaml: is empty, and 2 objects were rendered to branch 'cart', directory 'cart': Flux would delete what is missing. Render the app again.");
    }
    expect(scene().heads('manifests.git')).toEqual({});
    scene().render({ registries: { registry: { url: 'oci://127.0.0.1:1/x', artifacts: [{ artifact: 'web', files: { f: content }, objects: ['Service shop/web'] }] } } });
    expectLine(await scene().publish(), 3,
      "dist/registry/web/latest/f: is empty, and 1 object was rendered to artifact 'web:latest': Flux would delete what is missing. Render the app again.");
  });

  test('has an empty file where no objects were rendered, which is what was asked for', async () => {
    renderTargets({ branch: 'a', files: { f: '' }, objects: [] });
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([['work/dist/manifests/a/link', 'link'], ['work/dist/manifests/a/folder', 'folder/y.yaml']])('leads out through the symbolic link %s', async (link, file) => {
    renderTargets({ branch: 'a', files: { f: '' } });
    scene().write('elsewhere/y.yaml', 'secret');
    symlinkSync(scene().path('elsewhere', ...link.endsWith('link') ? ['y.yaml'] : []), scene().path(link));
    scene().write('work/dist/delivery.json', scene().read('work/dist/delivery.json').replace('"f"', `"${file}"`));
    expectLine(await scene().publish(), 3, new RegExp(`file '${file}': dist/manifests/a/(link|folder) is a symbolic link\\. `));
  });

  test.each(['../../../secret', '/etc/passwd', 'a/../../b', 'a\\b', 'C:/x', './a', 'a//b', '', '.git/config', 'a/.GIT/x', 'GIT~1/x'])('lists the file %p', async (file) => {
    renderTargets({ branch: 'a', files: { f: '' } });
    scene().write('work/dist/delivery.json', scene().read('work/dist/delivery.json').replace('"f"', JSON.stringify(file)));
    expectLine(await scene().publish(), 3, /^error: dist\/delivery\.json: .*\n$/);
  });

  test.each([
    ['-x', "starts with '-'"], ['HEAD', 'means something else'], ['@', 'means something else'], ['a..b', 'git keeps for itself'], ['a b', 'git keeps for itself'],
    ['a~1', 'git keeps for itself'], ['a/.b', "starts with '.'"], ['a.lock/b', "'.lock'"], ['a//b', 'an empty part'], ['x'.repeat(241), 'more than 240 bytes'],
  ])('delivers to the branch %p', async (name, problem) => {
    renderTargets({ branch: 'main', files: {} });
    scene().write('work/dist/delivery.json', scene().read('work/dist/delivery.json').replace('"main"', JSON.stringify(name)));
    const result = await scene().publish();
    expectLine(result, 3, /^error: dist\/delivery\.json: repository 'manifests': branch '.*' .*\. Change the app and render it again\.\n$/);
    expect(result.stderr).toContain(problem);
  });

  test('delivers to branches that cannot exist together', async () => {
    renderTargets(branch('env/dev'), branch('env'));
    expectLine(await scene().publish(), 3, "dist/delivery.json: repository 'manifests': branch 'env' and branch 'env/dev' cannot exist together: one is a folder of the other. Change the app and render it again.");
    renderTargets(branch('Web'), branch('web'));
    expectLine(await scene().publish(), 3, "dist/delivery.json: repository 'manifests': branch 'Web' and branch 'web' differ only in case, which some file systems cannot hold apart. Change the app and render it again.");
    renderTargets(branch('team/a'), branch('Team/b'));
    expectLine(await scene().publish(), 3, /differ only in case/);
  });

  test('has files that cannot exist together', async () => {
    renderTargets({ branch: 'a', files: { 'x.yaml': '', 'X.yaml': '' } });
    expectLine(await scene().publish(), 3, /branch 'a': file 'X.yaml' and file 'x.yaml' differ only in case/);
    renderTargets({ branch: 'a', files: { 'hydrator.metadata': '' } });
    expectLine(await scene().publish(), 3, /file 'hydrator.metadata' is the one that publishing writes its own record to/);
  });

  test('tells of several problems at once', async () => {
    renderTargets(branch('a'), branch('A'), branch('b'), branch('b/c'));
    const result = await scene().publish();
    expect(result).toMatchObject({ code: 3, stdout: '' });
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(2);
  });
});

describe('the command line', () => {
  test.each([
    [['--nonsense'], /unknown option '--nonsense'/],
    [['a', 'b'], /too many arguments/],
    [['--remote'], /argument missing/],
  ])('%p', async (args, message) => {
    expect(await scene().publish(args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  test.each([['nonsense'], ['help', 'nonsense']])('names an unknown command: %s %s', async (...args) => {
    expect(await scene().run(args.filter(Boolean))).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("error: unknown command 'nonsense'") });
  });

  test.each(['publish', 'diff', 'validate'])('names the help of %s', async (name) => {
    expect((await scene().run([name, '--nonsense'])).stderr).toBe(`error: unknown option '--nonsense'\n(cdk8s-fluxcd ${name} --help says more)\n`);
  });

  describe('an option takes no other for its value', () => {
    test.each([
      ...['--message', '--review', '--remote', '--author', '--source-commit', '--source-url', '--source-date', '--deadline', '--review-request'].map((option) => ['publish', option]),
      ...['--remote', '--source-commit', '--source-url', '--source-date', '--deadline'].map((option) => ['diff', option]),
      ['validate', '--exists'],
    ])('%s %s', async (name, option) => {
      renderTargets(branch('a'));
      const result = await scene().run([name, option, '--json']);
      expect(result.code).toBe(2);
      expect(result.stderr).toMatch(new RegExp(`^error: option '${option} <.*>' argument missing before '--json'; a value that begins with '-' is given as ${option}=\\.\\.\\.\n`));
      expect(scene().heads('manifests.git')).toEqual({});
    });

    test('but of the sign of equality', async () => {
      renderTargets(branch('a'));
      expect(await scene().publish(['--message=--dry-run'])).toMatchObject({ code: 0 });
      expect(scene().git('manifests.git', 'log', '-1', '--format=%s', 'a')).toBe('--dry-run');
    });

    test('and what comes after -- is none', async () => {
      expect(await scene().publish(['--', '--message', '--dry-run'])).toMatchObject({ code: 2, stderr: expect.stringContaining('too many arguments') });
    });
  });

  test.each([
    [['--review-request', 'none'], /^error: --review-request needs --review/],
    [['--review', 'x', '--delete-branches'], /^error: --review and --delete-branches: a review deletes nothing/],
    [['--review=-x'], /^error: --review: "-x" starts with '-'/],
    [['--remote', 'manifests=a', '--remote', 'manifests=b'], /^error: --remote: 'manifests' is given more than once/],
    [['--source-url', 'https://git.invalid/app.git'], /^error: --source-url needs --source-commit/],
    [['--source-date', '2026-01-31T12:00:00Z'], /^error: --source-date needs --source-commit/],
  ])('what means nothing is refused, and nothing is pushed: %p', async (args, line) => {
    renderTargets(branch('a'));
    expectLine(await scene().publish(args), 2, line);
    expect(scene().heads('manifests.git')).toEqual({});
  });

  describe('with --json the report says it too', () => {
    test.each([
      [['--nonsense'], "unknown option '--nonsense'"], [['--dryrun'], "unknown option '--dryrun' (Did you mean --dry-run?)"],
      [['--review-request', 'none'], expect.stringContaining('--review-request needs --review')],
    ])('of publish: %p', async (args, error) => {
      const { code, stdout } = await scene().publish(['--json', ...args]);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toEqual({ event: 'report', version: 1, outcome: 'failed', exitCode: 2, repositories: [], warnings: [], notes: [], errors: [error] });
    });

    test.each([[['--nonsense'], "unknown option '--nonsense'"], [['--markdown'], expect.stringContaining('--json and --markdown')]])('of diff: %p', async (args, error) => {
      const { code, stdout } = await scene().run(['diff', '--json', ...args]);
      expect(code).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ version: 1, outcome: 'failed', exitCode: 2, counts: { created: 0 }, places: [], errors: [error] });
    });
  });

  test.each([
    [['--remote', 'manifest=x'], "--remote: there is no repository 'manifest'. Known: manifests."],
    [['--remote', 'manifests'], '--remote: takes NAME=URL, the name of a repository or registry and where it is.'],
    [['--deadline', 'soon'], /--deadline: 'soon' is not a duration/],
    [['--source-commit=--all'], /--source-commit: '--all' is not a commit id/],
    [['--remote', 'manifests=ext::sh -c touch% pwned'], /the URL names a transport \('ext::'\) that could run a program/],
    [['--remote', 'manifests=fd::7'], /the URL names a transport/],
    [['--remote', 'manifests=--upload-pack=touch pwned'], /the URL is empty, starts with '-'/],
    [['--remote', 'manifests=ssh://-oProxyCommand=x/y'], /the host starts with '-'/],
    [['--remote', 'manifests=-oProxyCommand=x:y'], /starts with '-'/],
    [['--remote', 'manifests=git://host/x'], /scheme 'git' is not supported/],
    [['--remote', 'manifests=https://me:s3cret@git.invalid/x'], /the URL carries a credential\. Leave the user-info out, and give the password in CDK8S_FLUXCD_PASSWORD/],
    [['--remote', 'manifests=https://s3cret@git.invalid/x'], /the URL carries a credential/],
    [['--remote', 'manifests=ssh://me:s3cret@git.invalid/x'], /the URL carries a password\. Leave it out: ssh/],
    [['--remote', 'manifests=https://me:a/s3cret@127.0.0.1:1/x'], /the URL carries a credential\. Leave the user-info out \(an '@' in the path is written '%40'\), and give/],
    [['--remote', 'manifests=ssh://me:a/s3cret@127.0.0.1:1/x'], /the URL carries a password\. Leave it out \(an '@' in the path is written '%40'\): ssh/],
    [['--remote', 'manifests=https:/me:s3cret@git.invalid/x'], /the URL carries a password/],
    [['--remote', 'manifests=me:s3cret@git.invalid:x'], /the URL carries a password\. Leave it out: ssh uses keys and its agent \(in an ssh:\/\/ URL an '@'/],
    [['--remote', 'https://me:a=s3cret@git.invalid/x'], '--remote: takes NAME=URL, the name of a repository or registry and where it is.'],
    [['--source-url', 'https://me:a/s3cret@git.invalid/x'], "--source-url: the URL carries a credential, and would be published. Leave the user-info out (an '@' in the path is written '%40')."],
    [['--source-url', 'me:s3cret@git.invalid:x'], /--source-url: the URL carries a credential/],
  ])('%p', async (args, line) => {
    renderTargets({ branch: 'a', files: {} });
    const result = await scene().publish(args);
    expectLine(result, 2, line);
    expect(result.stderr).not.toContain('s3cret');
  });

  test('two names for one repository and branch', async () => {
    const url = scene().bare('manifests.git');
    scene().render({ repositories: { one: { url, targets: [branch('a')] }, two: { url: `file://${url}`, targets: [branch('a')] } } });
    expectLine(await scene().publish(), 2, "repositories 'one' and 'two': are one and the same, and both deliver to branch 'a'. Declare the repository once.");
  });
});

describe('the surroundings', () => {
  test.each([[['publish', '--dry-run', '--json'], 2], [['publish'], 2], [['diff', '--markdown'], 2], [['publish', '--json', 'nowhere'], 3]])('a standard output that takes nothing: %p', async (args, code) => {
    renderTargets(branch('a'));
    const full = openSync('/dev/full', 'w');
    try {
      const child = spawn(process.execPath, [MAIN, ...args], { cwd: scene().path('work'), env: scene().env, stdio: ['ignore', full, 'pipe'] });
      const stderr: Buffer[] = [];
      child.stderr!.on('data', (chunk) => stderr.push(chunk));
      expect(await new Promise((resolve) => child.on('close', resolve))).toBe(code);
      expect(Buffer.concat(stderr).toString()).toContain('error: the standard output cannot be written (ENOSPC): not all of the result is there.');
    } finally {
      closeSync(full);
    }
  });

  test('a reader that has seen enough is no failure', async () => {
    renderTargets(branch('a'));
    const child = scene().start(['publish', '--json']);
    child.stdout!.destroy();
    expect(await outcome(child)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a']);
  });

  test('without git', async () => {
    renderTargets(branch('a'));
    expectLine(await scene().publish([], { env: { PATH: scene().path('home') } }), 5, 'git: not found. Install git 2.31 or newer and put it on the PATH.');
  });

  test.each(['nowhere', 'file'])('without a temporary folder (%s)', async (name) => {
    renderTargets(branch('a'));
    scene().write('file', '');
    const folder = scene().path(name);
    expectLine(await scene().publish([], { env: { TMPDIR: folder } }), 2,
      new RegExp(`^error: temporary folder '${folder}': cannot be written to \\((ENOENT: no such file or directory|ENOTDIR: not a directory)\\)\\. Name another one in TMPDIR\\.\n$`));
  });

  test('without the repository', async () => {
    scene().renderBranches(scene().path('nowhere.git'), { a: {} });
    expectLine(await scene().publish(), 5,
      `repository 'manifests' (${scene().path('nowhere.git')}): no such repository, or no permission to see it. Check the URL and create the repository first.`);
    expectLine(await scene().publish(['--remote', 'manifests=http://127.0.0.1:1/x?token=s3cret']), 5,
      /^error: repository 'manifests' \(http:\/\/127\.0\.0\.1:1\/x\): the remote cannot be reached \(Failed to connect to 127\.0\.0\.1 port 1.*\)/);
  });

  test('a folder that is none of git', async () => {
    scene().renderBranches(scene().path('home'), { a: {} });
    expectLine(await scene().publish(), 5, /no such repository/);
  });

  test('an HTTP server that knows no such repository, or lets nobody write', async () => {
    const server = await GitHttpServer.start({
      root: scene().folder,
      intercept: (request, response) => request.url!.includes('git-receive-pack') && !!response.writeHead(403).end(),
    });
    try {
      scene().renderBranches(server.url('nowhere.git'), { a: {} });
      expectLine(await scene().publish(), 5, /no such repository/);
      scene().bare('manifests.git');
      expectLine(await scene().publish(['--remote', `manifests=${server.url('manifests.git')}`]), 5, /no permission to write \(returned error: 403\)\. Ask for the right to push there/);
    } finally {
      await server.close();
    }
  });

  test.each<[string, { status?: number; type?: string; body?: string }, RegExp]>([
    ['lets nobody read', { status: 403 }, /: no permission to read \(returned error: 403\)\. Check the URL and the login, or ask for the right to read there\.\n$/],
    ['answers with a page', { body: '<html>\n<body>Log in</body>\n</html>\n' }, /: the remote answers with what is no git repository \(not valid: is this a git repository\)\. Check the URL/],
    ['answers with a page of one line', { body: '<html><body>Log in</body></html>' }, /: the remote answers with what is no git repository \(git-http-push failed\)\. Check the URL/],
    ['says that it is git, and is not', { type: 'application/x-git-upload-pack-advertisement', body: '<html>' }, /: the remote answers with what is no git repository \(bad line length character: <htm\)\. Check the URL/],
    ['sends one to log in', { status: 302, type: 'text/html' }, /: the remote answers with what is no git repository \(unable to update url base from redirection\)\. Check the URL/],
  ])('an HTTP server that %s', async (_, { status = 200, type = 'text/html', body = '' }, line) => {
    const server = await GitHttpServer.start({
      root: scene().folder,
      intercept: (request, response) => !!(request.url!.startsWith('/login') ? response.end(body) : response.writeHead(status, { 'Content-Type': type, 'Location': '/login?from=s3cret' }).end(body)),
    });
    try {
      scene().renderBranches(server.url('manifests.git'), { a: {} });
      const result = await scene().publish(['--deadline', '20s']);
      expectLine(result, 5, line);
      expect(result.stderr).toContain(`repository 'manifests' (${server.url('manifests.git')}): `);
      expect(result.stderr).not.toContain('s3cret');
    } finally {
      await server.close();
    }
  });

  test('branches of the remote that stand in the way', async () => {
    renderTargets({ branch: 'env/dev', files: {} }, { branch: 'web', files: {} });
    scene().commit('manifests.git', 'env', {});
    scene().commit('manifests.git', 'Web', {});
    const result = await scene().publish();
    expect(result).toEqual({
      code: 4,
      stdout: '',
      stderr: [
        "error: repository 'manifests', branch 'env/dev': cannot be made beside branch 'env' of the remote: one is a folder of the other. Deliver to another branch, or delete that one.\n",
        "error: repository 'manifests', branch 'web': cannot be made beside branch 'Web' of the remote: they differ only in case. Deliver to another branch, or delete that one.\n",
      ].join(''),
    });
  });

  test.each([
    ['a pre-receive hook', 'pre-receive', 'pre-receive hook declined'],
    ['an update hook', 'update', 'hook declined'],
  ])('%s of the remote that refuses', async (_, hook, reason) => {
    renderTargets({ branch: 'a', files: {} }, { branch: 'b', files: {} });
    scene().hook('manifests.git', hook, 'echo "Branch is frozen until Monday." >&2; exit 1');
    expectLine(await scene().publish(), 5, new RegExp(`^error: repository 'manifests': a hook of the remote refused the push \\(${reason}\\); it says: Branch is frozen until Monday\\.`));
    expect(scene().heads('manifests.git')).toEqual({});
  });

  test('a remote that hides the branch', async () => {
    renderTargets(branch('a'));
    scene().git('manifests.git', 'config', 'receive.hideRefs', 'refs/heads/a');
    expectLine(await scene().publish(), 5, /hides this branch and refuses to change it/);
  });

  test('a remote with a working tree', async () => {
    scene().git('.', 'init', '--quiet', '--initial-branch=a', 'tree');
    scene().git('tree', 'commit', '--quiet', '--allow-empty', '-m', 'x');
    scene().renderBranches(scene().path('tree'), { a: {} });
    expectLine(await scene().publish(), 5, /refs\/heads\/a is checked out in the remote, which is not bare/);
  });

  test('a remote with SHA-256 objects, empty and not', async () => {
    scene().git('.', 'init', '--quiet', '--bare', '--object-format=sha256', 'sha256.git');
    scene().renderBranches(scene().path('sha256.git'), { a: {} });
    expectLine(await scene().publish(), 5, /keeps SHA-256 objects, which Flux cannot read/);
    const tree = scene().git('sha256.git', 'hash-object', '-t', 'tree', '-w', '/dev/null');
    scene().git('sha256.git', 'update-ref', 'refs/heads/main', scene().git('sha256.git', 'commit-tree', '-m', 'x', tree));
    expectLine(await scene().publish(), 5, /keeps SHA-256 objects, which Flux cannot read/);
  });
});
