import { remoteUrl } from '../../src/cli/git/remote-url';

test.each([
  ['https://git.invalid:8443/team/x.git', 'https://git.invalid:8443', 'git.invalid:8443/team/x'],
  ['https://git.invalid/team/x@v1', 'https://git.invalid', 'git.invalid/team/x@v1'],
  ['ssh://git@git.invalid:22/team/x.git', undefined, 'git.invalid/team/x'],
  ['git@git.invalid:team/x.git', undefined, 'git.invalid/team/x'],
  ['git.invalid:team/x.git', undefined, 'git.invalid/team/x'],
  ['git@[::1]:team/x.git', undefined, '[::1]/team/x'],
  ['file:///srv/a:b@c.git', undefined, '/srv/a:b@c.git'],
  ['/srv/a:b@c.git', undefined, '/srv/a:b@c.git'],
])('%s is taken', (url, origin, identity) => {
  expect(remoteUrl('manifests', url)).toEqual({ url, origin, identity });
});

test.each(['https://', 'http:///x.git', 'ssh://', 'ssh:///x', 'file://'])(
  '%s names nothing', (url) => {
    expect(() => remoteUrl('manifests', url)).toThrow(/^repository 'manifests': the URL names no (?:host|folder)\. Use an https, /);
  },
);

test.each([
  'https://bob:hunter2@git.invalid/x', 'https://bob:hunt/er2@git.invalid/x', 'https://bob:hunt?er2@git.invalid/x', 'https://bob:hunt#er2@git.invalid/x',
  'https://bob:123/hunter2@git.invalid/x', 'https://hunt?er2@git.invalid/x', 'HTTPS://hunter2@git.invalid/x', 'ssh://bob:hunter2@git.invalid/x',
  'ssh://bob:hunt/er2@git.invalid/x', 'ssh://bob@corp:hunt/er2@git.invalid/x', 'https:/bob:hunter2@git.invalid/x', 'https:hunter2@git.invalid/x',
  'bob:hunter2@git.invalid:x', 'bob:hunt/er2@git.invalid:x', 'bob@corp:hunter2@git.invalid:x', '[bob:hunter2@git.invalid]:x',
])('%s carries a credential, and the message does not', (url) => {
  expect(() => remoteUrl('manifests', url)).toThrow(/^repository 'manifests': the URL carries a (credential|password)\. (?!.*(hunt|er2))/);
});
