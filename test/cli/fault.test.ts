import { ExitCode } from '../../src/cli/cli-error';
import { faultOf } from '../../src/cli/git/fault';
import { shownUrl } from '../../src/cli/git/remote-url';

test.each([
  ['fatal', "remote: error: cannot lock ref 'refs/heads/a/x': 'refs/heads/a' exists; cannot create 'refs/heads/a/x'\n! [remote rejected] (failed to update ref)"],
  ['fatal', "error: cannot process 'refs/heads/a' and 'refs/heads/a/b' at the same time"],
  ['fatal', "fatal: unable to access 'https://h/': The requested URL returned error: 403"],
  ['fatal', 'git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\nfatal: the remote end hung up unexpectedly'],
  ['fatal', 'Host key verification failed.\nfatal: Could not read from remote repository.'],
  ['fatal', "fatal: could not read Username for 'https://h': terminal prompts disabled"],
  ['fatal', "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://h/'"],
  ['fatal', 'ssh: Could not resolve hostname nowhere: Name or service not known\nfatal: Could not read from remote repository.'],
  ['fatal', "fatal: unable to access 'https://h/': Could not resolve host: h"],
  ['fatal', "fatal: detected dubious ownership in repository at '/srv/x.git'"],
  ['fatal', "fatal: transport 'ext' not allowed"],
  ['fatal', 'error: cannot lock ref: Unable to create \'/srv/refs/heads/xxx.lock\': File name too long'],
  ['fatal', 'remote: fatal: write error: No space left on device\nerror: remote unpack failed: unpack-objects abnormal exit'],
  ['fatal', 'something that nobody has seen before'],
  ['fatal', "fatal: unable to access 'https://h/': Received HTTP code 407 from proxy after CONNECT"],
  ['fatal', "fatal: unable to access 'https://h/': CONNECT tunnel failed, response 403"],
  ['fatal', "fatal: unable to access 'https://h/': Could not resolve proxy: p"],
  ['not atomic', 'fatal: the receiving end does not support --atomic push'],
  ['moved', '!\trefs/outgoing/a:refs/heads/a\t[rejected] (fetch first)'],
  ['moved', '!\trefs/outgoing/a:refs/heads/a\t[rejected] (non-fast-forward)'],
  ['moved', '!\trefs/outgoing/a:refs/heads/a\t[rejected] (stale info)'],
  ['moved', "remote: error: cannot lock ref 'refs/heads/a': is at 1234567 but expected 7654321"],
  ['moved', "remote: error: cannot lock ref 'refs/heads/a': reference already exists"],
  ['moved', "remote: error: cannot lock ref 'refs/heads/a': Unable to create '/srv/refs/heads/a.lock': File exists."],
  ['moved', 'fatal: remote error: upload-pack: not our ref 1234567'],
  ['moved', '!\trefs/outgoing/a:refs/heads/a\t[remote rejected] (atomic transaction failed)'],
  ['unavailable', "fatal: unable to access 'https://h/': The requested URL returned error: 429"],
  ['unavailable', 'error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502'],
  ['unavailable', "fatal: unable to access 'https://h/': CONNECT tunnel failed, response 503"],
  ['unavailable', 'fatal: the remote end hung up unexpectedly'],
  ['unavailable', 'fatal: protocol error: bad line length character: erro'],
  ['fatal', 'fatal: protocol error: bad line length character: <htm'],
  ['unavailable', "fatal: unable to access 'https://h/': CONNECT tunnel failed, response 429"],
  ['unavailable', 'send-pack: unexpected disconnect while reading sideband packet'],
])('%s: %s', (kind, answer) => {
  expect(faultOf(answer, 1).kind).toBe(kind);
});

test.each([
  ['fatal: unable to write pack file: No space left on device', ExitCode.USAGE, 'TMPDIR'],
  ["fatal: sha1 file '/tmp/x/objects/pack/tmp_idx_92jW9f' write error. Out of diskspace\nfatal: index-pack failed", ExitCode.USAGE, 'TMPDIR'],
  ['fatal: cannot create pack\nfast-import: dumping crash report\nfatal: write error: No space left on device', ExitCode.USAGE, 'TMPDIR'],
  ['remote: fatal: write error: No space left on device\nerror: remote unpack failed: unpack-objects abnormal exit', ExitCode.REMOTE, 'the remote could not store the objects'],
])('a full disk is said to be where it is: %s', (answer, exitCode, text) => {
  expect(faultOf(answer, 128)).toMatchObject({ kind: 'fatal', exitCode, text: expect.stringContaining(text) });
});

test("git's own configuration is told from the remote's", () => {
  expect(faultOf('fatal: bad config line 1 in file /home/x/.gitconfig', 128)).toMatchObject({ exitCode: ExitCode.USAGE, text: expect.stringMatching(/^git's configuration cannot be read \(bad config line 1 .*\)\. Mend it\.$/) });
  for (const answer of ['fatal: bad config line 5 in file ./config', 'remote: fatal: bad config line 5 in file config']) {
    expect(faultOf(answer, 128)).toMatchObject({ exitCode: ExitCode.REMOTE, text: expect.stringMatching(/^the remote's configuration cannot be read \(bad config line 5 .*\)\. Mend it there\.$/) });
  }
});

test.each([
  "fatal: unable to access 'http://h:99999/x/': Port number was not a decimal number between 0 and 65535",
  "fatal: unable to access 'http://a:b:c/x/': URL using bad/illegal format or missing URL",
  "fatal: no path specified; see 'git help pull' for valid url syntax",
])('a URL that git cannot ask is what is wrong: %s', (answer) => {
  expect(faultOf(answer, 128, { at: 'http://h/x' })).toMatchObject({
    kind: 'fatal', exitCode: ExitCode.USAGE, at: 'http://h/x', text: expect.stringMatching(/^the URL is none that git can ask \(.+\)\. Check it\.$/),
  });
});

test('a git that a signal ended may be tried again', () => {
  expect(faultOf('', undefined).kind).toBe('unavailable');
});

test('what is not known is shown, on one line', () => {
  expect(faultOf('noise\nremote: one\nfatal: two\u001b[2J\n', 128).text).toBe('git failed with code 128: remote: one; fatal: two [2J');
});

test('a permission that lacks is the one that was needed', () => {
  const answer = "fatal: unable to access 'https://h/': The requested URL returned error: 403";
  expect(faultOf(answer, 128, { reads: true }).text).toMatch(/^no permission to read /);
  expect(faultOf(answer, 128).text).toMatch(/^no permission to write /);
});

test('the URL stands with what it may be the cause of', () => {
  expect(faultOf("fatal: repository 'https://h/x/' not found", 128, { at: 'https://h/x' }).at).toBe('https://h/x');
  expect(faultOf('! [remote rejected] (pre-receive hook declined)', 1, { at: 'https://h/x' }).at).toBeUndefined();
});

test.each([
  ['https://h/x.git', 'https://h/x.git'], ['ssh://git@h/x.git', 'ssh://h/x.git'], ['git@h:x.git', 'git@h:x.git'], ['/srv/x?y.git', '/srv/x?y.git'],
  ['https://h/x.git?token=s3cret#s3cret', 'https://h/x.git'], ['https://me:s3cret@h/x@y.git', undefined],
])('%s is shown as %s', (url, shown) => {
  expect(shownUrl(url)).toBe(shown);
});
