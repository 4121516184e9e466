import { flux, said } from './support';
import { checkObjects, formatFinding } from '../../src/rules';

function lines(object: any): string[] {
  return checkObjects([{ object, at: 'at' }]).map(formatFinding);
}

test.each([
  flux('Provider', 'a', { type: 'generic', address: 'https://hook.example', proxy: 'bob:hunter2@proxy:80' }),
  flux('HelmRepository', 'a', { url: 'bob:hunter2@charts.example' }),
  flux('HelmRepository', 'a', { url: 'ftp://bob:hunter2@charts.example' }),
  flux('GitRepository', 'a', { interval: '1m', ref: { branch: 'main' }, url: `ftp://bob:hunter2@${'x'.repeat(80)}` }),
])('no message repeats a password (%#)', (object) => {
  expect(lines(object)).not.toEqual([]);
  expect(lines(object).join('\n')).not.toContain('hunter2');
});

test('a user name that a server offers to copy is none, a token is', () => {
  const url = (text: string) => said('GitRepository', { url: text, ref: { branch: 'main' } });
  expect(url('https://myorg@dev.azure.com/myorg/project/_git/shop')).toEqual([]);
  expect(url('https://ghp_0123456789abcdef@github.com/team/shop')).toHaveLength(1);
  expect(url(`https://${'a1'.repeat(20)}@github.com/team/shop`)).toHaveLength(1);
});

test('what is suspicious takes no longer for being long', () => {
  expect(said('GitRepository', { url: 'a://b:c'.repeat(50_000), ref: { branch: 'main' } })).toHaveLength(1);
});
