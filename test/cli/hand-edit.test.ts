import { dump } from 'js-yaml';
import { handEdit } from '../../src/cli/publish/hand-edit';

const map = (data: Record<string, string>, name = 'settings') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data });
const keys = (count: number, value: string) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
const edit = (rendered: object[], live: object[]) => handEdit('web.yaml', ...[rendered, live].map((all) => Buffer.from(all.map((one) => dump(one)).join('---\n'))) as [Buffer, Buffer]);

test('a few fields are told with their values', () => {
  expect(edit([map(keys(2, 'a'))], [map(keys(2, 'b'))])).toBe('ConfigMap shop/settings: changed data.k0: "a" -> "b", data.k1: "a" -> "b"');
});

test('of many fields, five of a file', () => {
  const names = ['one', 'two', 'three'];
  expect(edit(names.map((name) => map(keys(4, 'a'), name)), names.map((name) => map(keys(4, 'b'), name)))).toBe(
    'ConfigMap shop/one: changed data.k0: "a" -> "b", data.k1: "a" -> "b", data.k2: "a" -> "b", data.k3: "a" -> "b"; ' +
    'ConfigMap shop/three: changed data.k0: "a" -> "b" and 3 more; ConfigMap shop/two: changed 4 fields');
});

test('what is long is cut', () => {
  const text = edit([map({})], [{ ...map({ ['\u{1f600}'.repeat(5_000)]: 'x' }, 'y'.repeat(5_000)) }, map({ ['z'.repeat(5_000)]: 'x' })]);
  expect(text).toMatch(/\.\.\. \(\d+ characters\)/);
  expect(text.length).toBeLessThan(2_000);
});

test.each([
  ['many fields', 2_000, 'ConfigMap shop/settings: changed data.k0: "a" -> (none), data.k1: "a" -> "b", data.k2: "a" -> "b", data.k3: "a" -> "b", data.k4: "a" -> "b" and 1995 more'],
  ['more than is compared', 50_000, '588964 bytes where 588972 are rendered, too much to be compared field by field here'],
])('an edit of %s stays short', (_, count, expected) => {
  const { k0, ...more } = keys(count, 'b');
  expect(edit([map(keys(count, 'a'))], [map(more)])).toBe(expected);
});
