import * as fc from 'fast-check';
import { canonicalGitUrl, gitUrlProblem, holdsPassword, mayHoldPassword, repositoryNameOf, withoutUserInfo } from '../../src/git';

const host = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}(\.[a-z]{2,6})?$/);
const segment = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,10}$/);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const scheme = fc.constantFrom('https://', 'http://', 'ssh://');
// What begins like a token of GitHub or GitLab is taken for one.
const user = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/).filter((name) => !/^g[hil]/.test(name));
// No part of a host, a path or a message.
const password = fc.stringMatching(/^[A-Za-z0-9!&=+.~-]{0,6}%7E[A-Za-z0-9!&=+.~-]{0,6}$/);

describe('what Flux reads as the URL of a repository', () => {
  test.each([
    'https://git.example/team/manifests.git',
    'https://git.example',
    'http://git.example:3000/team/manifests',
    'ssh://git@git.example/team/manifests.git',
    'ssh://git@git.example:2222/team/manifests.git',
    'ssh://git.example/team/manifests.git',
    'ssh://git@[::1]:2222/team/manifests.git',
    'ssh://git@git.example:2222',
    'https://git.example/team/user@example/manifests.git',
  ])('%s is taken', (url) => {
    expect(gitUrlProblem(url)).toBeUndefined();
  });

  test.each([
    ['git@git.example:team/manifests.git', "Write 'ssh://git@git.example/team/manifests.git'"],
    ['git.example:team/manifests.git', "Write 'ssh://git.example/team/manifests.git'"],
    ['git@git.example:/team/manifests.git', "Write 'ssh://git@git.example/team/manifests.git'"],
    ['ssh://git@git.example:team/manifests.git', "Write 'ssh://git@git.example/team/manifests.git'"],
    ['ssh://git.example:team/manifests.git', "Write 'ssh://git.example/team/manifests.git'"],
  ])('scp style %s is refused with the URL to write instead', (url, remedy) => {
    expect(gitUrlProblem(url)).toEqual({ problem: 'Flux does not read a Git URL in scp style', remedy });
    expect(gitUrlProblem(remedy.slice("Write '".length, -1))).toBeUndefined();
  });

  test.each(['', 'git.example/team/manifests', '/srv/git/manifests.git', 'file:///srv/git/manifests.git', 'git://git.example/x', 'oci://git.example/x', 'https://', 'https:///x', 'HTTPS://git.example/x',
    'xhttps://git.example/x', 'see git@git.example:x', 'https:/git.example/x', 'https://git.example:port/x', 'https://git.example/a b', 'https://git example/x'])(
    '%j is refused', (url) => {
      expect(gitUrlProblem(url)).toEqual({
        problem: `'${url}' is not a Git URL that Flux reads`, remedy: "Give one that starts with 'https://', 'http://' or 'ssh://'",
      });
    });

  test.each([
    ['https://ci:hunter2@git.example/team/manifests.git', 'https://git.example/team/manifests.git'],
    ['https://glpat-hunter2@git.example/team/manifests.git', 'https://git.example/team/manifests.git'],
    ['http://:hunter2@git.example/x', 'http://git.example/x'],
    ['ssh://git:hunter2@git.example/x', 'ssh://git.example/x'],
    ['https://ci:hunter@2@git.example/x', 'https://git.example/x'],
  ])('the credential in %s is refused and not printed', (url, shown) => {
    expect(gitUrlProblem(url)).toEqual({
      problem: `the URL of '${shown}' carries a credential`,
      remedy: "Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret...')",
    });
  });

  test.each([
    ['ci:hunter2@git.example:team/x', '***@git.example:team/x'],
    ['https:/ci:hunter2@git.example/x', 'https:/***@git.example/x'],
    ['ftp://ci:hunter2@git.example/x', 'ftp://***@git.example/x'],
  ])('what may be a password in %s is not printed', (url, shown) => {
    expect(gitUrlProblem(url)?.problem).toBe(`'${shown}' is not a Git URL that Flux reads`);
    expect(gitUrlProblem(url)?.remedy).not.toContain('hunter');
  });

  test.each([
    ['https://ci:hunter/2@git.example/x', 'https://***@git.example/x'],
    ['https://ci:123/hunter2@git.example/x', 'https://***@git.example/x'],
    ['ssh://ci:123/hunter2@git.example/x', 'ssh://***@git.example/x'],
    ['https://ci@a:hunter/2@git.example/x', 'https://***@git.example/x'],
    ['https://ci:hunter@a/2@git.example/x', 'https://***@git.example/x'],
    // What nobody can tell from these, and how to write it.
    ['https://git.example:8443/path@v1', 'https://***@v1'],
    ['ssh://git@git.example:22/path@v1', 'ssh://***@v1'],
  ])('a password that is not escaped may be in %s, which is refused and not printed', (url, shown) => {
    expect(gitUrlProblem(url)).toEqual({
      problem: `the URL of '${shown}' carries a credential`,
      remedy: "Leave the user-info out of the URL (an '@' in the path is written '%40') and name the Secret that holds it ('secret: FluxSecret...')",
    });
    expect(gitUrlProblem(url.replace(/@(?=v1$)/, '%40'))).toEqual(shown.endsWith('v1') ? undefined : expect.anything());
  });

  test('any repository by http(s) or ssh is taken; with a password it is refused, and the password is in no message', () => {
    fc.assert(fc.property(scheme, user, password, host, path, (protocol, login, secret, server, repository) => {
      expect(gitUrlProblem(`${protocol}${server}/${repository}.git`)).toBeUndefined();
      for (const [start, end] of [[protocol, '/'], ['ftp://', '/'], ['https:/', '/'], ['', '/'], ['', ':']]) {
        for (const loud of [secret, `${secret}@`, `@${secret}`, `a/${secret}`, `1/${secret}`, `a@b/${secret}`, `a?${secret}`, `#${secret}/`]) {
          const problem = gitUrlProblem(`${start}${login}:${loud}@${server}${end}${repository}`);
          expect(problem).toBeDefined();
          expect(JSON.stringify(problem)).not.toContain(secret);
        }
      }
      expect(withoutUserInfo(`${protocol}${login}:${secret}@${secret}@${server}/${repository}`)).toBe(`${protocol}${server}/${repository}`);
    }));
  });
});

describe('a password in a URL', () => {
  test.each([
    'postgres://me:hunter2@db/shop',
    'https://me:hunter2@git.example/x.git',
    'redis://:hunter2@cache:6379',
    'amqp+ssl://me:hunter2@queue',
    'HTTPS://me:hunter2@git.example',
    'two words, then postgres://me:hunter2@db/shop',
    '--url=postgres://me:hunter2@db',
    'postgres://me:$(PASSWORD)@one postgres://me:hunter2@two',
    'postgres://me:$(PASSWORD)hunter2@db',
    'postgres://me:hunter2$(PASSWORD)@db',
    'postgres://me:***hunter2@db',
    'postgres://me:${PASSWORD:-hunter2}@db',
    'a line\nand postgres://me:hunter2@db',
    'postgres://u:p/w@h/d',
    'postgres://me:hunter/2@db/shop',
    'postgres://me:hunter?2@db/shop',
    'postgres://me:hunter#2@db/shop',
    'redis://:hunter/2@cache:6379',
    'https://git.example:8443/x,postgres://me:hunter/2@db',
  ])('is found in %j', (text) => {
    expect(holdsPassword(text)).toBe(true);
  });

  test.each([
    '',
    'no URL, me:hunter2@db',
    'https://git.example/x.git',
    'https://git.example:8080/user@example',
    'https://git.example:8080/?mail=me@example',
    'https://git.example:8080?mail=me@example',
    'https://git.example?a:b@example',
    'https://git.example:8080 me@example',
    'https://git.example:8080#me@example',
    'ssh://git@git.example:22/x',
    'https://token@git.example/x',
    'https://me:@git.example/x',
    'postgres://me:$(PASSWORD)@db/shop',
    'postgres://$(USER):$(PASSWORD)@db/shop',
    'postgres://me:${PASSWORD}@db/shop',
    'postgres://me:$(my.pass-word)@db/shop',
    'postgres://me:***@db/shop',
    'ssh://git@git.example:22/x@v1',
    'git+ssh://git@git.example:team/x@v1',
    'registry:5000/x@sha256:0123',
    'oci://registry:5000/x@sha256:0123',
    'https://git.example:/x@v1',
    'http://$(HOST):$(PORT)/me@example',
    'http://git.example:${PORT}/me@example',
    'http://{{host}}:{{port}}/me@example',
    'http://%s:%d/me@example',
    'http://one:http/,http://two/me@example',
    'mongodb://one:27017,two:27017/shop?mail=me@example',
    '{"url":"http://web/","other":"http://web/me@example"}',
    "{url:'http://web:http/',mail:'me@example'}",
  ])('is not seen in %j', (text) => {
    expect(holdsPassword(text)).toBe(false);
  });

  test('is looked for in a text of any length', () => {
    expect(holdsPassword(`${'a'.repeat(1_000_000)} ://`)).toBe(false);
    expect(holdsPassword(`${'a'.repeat(1_000_000)}://me:hunter2@db`)).toBe(true);
    expect(holdsPassword('://a:b/'.repeat(200_000))).toBe(false);
    expect(holdsPassword(`://a:b/${':/'.repeat(500_000)}`)).toBe(false);
  });

  test('is found wherever the URL stands, and gone with the password', () => {
    fc.assert(fc.property(fc.string(), user, password, host, fc.string(), (before, login, secret, server, after) => {
      expect(holdsPassword(`${before} db://${login}:${secret}@${server} ${after}`)).toBe(true);
      expect(holdsPassword(`db://${login}:$(${login})@${server}`)).toBe(false);
      expect(holdsPassword(`db://${login}@${server}`)).toBe(false);
      expect(holdsPassword(`db://${server}:5432/${login}`)).toBe(false);
    }));
  });
});

test.each([
  ['https://git.example/team/manifests.git', 'https://git.example/team/manifests.git'],
  ['https://me:hunter2@git.example/x', 'https://git.example/x'],
  ['ssh://git@git.example/x', 'ssh://git.example/x'],
  ['GIT+HTTPS://me:hunter2@git.example/x', 'GIT+HTTPS://git.example/x'],
  ['https://me:hunt?er#2@git.example/x', 'https://git.example/x'],
  ['https://git.example/x?next=https://me@git.example', undefined],
  ['https://me:hunt/er2@git.example/x', undefined],
  ['https://me:hunt@er/2@git.example/x', undefined],
  ['me:hunter2@git.example:x', undefined],
  ['git@git.example:x', 'git@git.example:x'],
  ['https://git.example/user@example', 'https://git.example/user@example'],
])('%s without user-info is %s', (url, expected) => {
  expect(withoutUserInfo(url)).toBe(expected);
});

describe('a repository', () => {
  test.each([
    'https://me:hunter2@git.example/x', 'https://me:hunt/er2@git.example/x', 'https://me:12/er2@git.example/x', 'https://me:hunt?er2@git.example/x',
    'https:/me:hunter2@git.example/x', 'me:hunter2@git.example:x', 'https://git.example:8443/x@v1',
  ])('%s may hold a password', (url) => {
    expect(mayHoldPassword(url)).toBe(true);
  });

  test.each([
    'https://git.example:8443/x', 'https://git.example/x@v1', 'https://me@git.example:8443/x', 'ssh://git@git.example:22/x', 'git@git.example:team/x',
    'git.example:team/x', '/srv/git/x.git', '../x@v1', 'git@[::1]:x', '',
  ])('%j holds none', (url) => {
    expect(mayHoldPassword(url)).toBe(false);
  });
});

test.each([
  ['https://git.example/team/manifests.git', 'manifests'],
  ['https://git.example/team/manifests', 'manifests'],
  ['https://git.example/team/manifests/', 'manifests'],
  ['https://git.example/team/manifests.git//', 'manifests'],
  ['https://git.example/team/manifests.git?a=/b', 'manifests'],
  ['https://git.example/team/manifests#a/b', 'manifests'],
  ['https://git.example/team/my.git.repo', 'my.git.repo'],
  ['ssh://git@git.example:2222/manifests.git', 'manifests'],
  ['git@git.example:manifests.git', 'manifests'],
])('the repository of %s is named %s', (url, name) => {
  expect(repositoryNameOf(url)).toBe(name);
});

describe('one spelling for a repository', () => {
  test.each([
    ['https://Git.Example/Team/Manifests.git', 'https://git.example/Team/Manifests'],
    ['HTTPS://git.example/team/manifests/', 'https://git.example/team/manifests'],
    ['ssh://git@Git.Example:2222/x.git/', 'ssh://git@git.example:2222/x'],
    ['https://Git.Example', 'https://git.example'],
    ['https://git.example/', 'https://git.example'],
    ['https://git.example/My.git.repo', 'https://git.example/My.git.repo'],
    ['Git.Example/Team/x.git', 'git.example/Team/x'],
  ])('of %s is %s', (url, canonical) => {
    expect(canonicalGitUrl(url)).toBe(canonical);
  });

  test.each([
    ['another path', 'https://git.example/team/manifests', 'https://git.example/team/other'],
    ['another case of the path', 'https://git.example/team/manifests', 'https://git.example/team/Manifests'],
    ['another host', 'https://git.example/team/manifests', 'https://git2.example/team/manifests'],
    ['another port', 'https://git.example/team/manifests', 'https://git.example:8443/team/manifests'],
  ])('differs with %s', (_, one, other) => {
    expect(canonicalGitUrl(one)).not.toBe(canonicalGitUrl(other));
  });

  test('does not depend on the case of scheme and host, on .git or on slashes at the end', () => {
    fc.assert(fc.property(scheme, host, path, fc.constantFrom('', '.git', '/', '.git/', '//'), (protocol, server, repository, end) => {
      expect(canonicalGitUrl(`${protocol.toUpperCase()}${server.toUpperCase()}/${repository}${end}`)).toBe(`${protocol}${server}/${repository}`);
    }));
  });
});
