import { artifactProblem, registryUrlProblem, tagProblem } from '../../src/manifest';

test.each(['a', 'nodezoo/web', 'a.b', 'a_b', 'a__b', 'a---b', '0/1', 'x'.repeat(240)])('artifact %p is fine', (name) => {
  expect(artifactProblem(name)).toBeUndefined();
});

test.each([
  '', '/', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/../b', 'A', 'a..b', 'a___b', 'a-', '-a', '.a', 'a:b', 'a@b', 'a b', 'a\n', 'a\u0000', 'ü', 'a\\b',
  'x'.repeat(241), 'x'.repeat(300), `${'x/'.repeat(128)}x`,
])('artifact %j is refused', (name) => {
  expect(artifactProblem(name)).toEqual(expect.any(String));
});

test.each(['latest', 'v1.0.0', '1.0.0_build-7', '_', 'x'.repeat(128)])('tag %p is fine', (tag) => expect(tagProblem(tag)).toBeUndefined());

test.each(['', '.', '..', '-rf', 'a/b', 'a:b', 'a+b', 'a\n', 'a b', 'ü', 'x'.repeat(129)])('tag %j is refused', (tag) => {
  expect(tagProblem(tag)).toEqual(expect.any(String));
});

test.each(['oci://ghcr.io/nodezoo', 'oci://localhost:5000', 'oci://127.0.0.1:5000/a/b', 'oci://[::1]:5000/a', 'oci://docker.io/a'])('URL %p is fine', (url) => {
  expect(registryUrlProblem(url)).toBeUndefined();
});

test.each([
  ['ghcr.io/nodezoo', "does not start with 'oci://'"],
  ['https://ghcr.io/nodezoo', "does not start with 'oci://'"],
  ['--upload-pack=x', "does not start with 'oci://'"],
  ['https://a:b@ghcr.io/nodezoo', 'carries a credential'],
  ['oci://token@ghcr.io/nodezoo', 'carries a credential'],
  ['oci://ghcr.io/nodezoo:latest', 'carries a tag or a digest'],
  ['oci://ghcr.io/nodezoo@sha256:0', 'carries a tag or a digest'],
  ['oci://nodezoo/web', 'names no host'],
  ['oci://ghcr.io/', 'has a path'],
  ['oci://ghcr.io/a//b', 'has a path'],
  ['oci://ghcr.io/../a', 'has a path'],
  ['oci://ghcr.io/Nodezoo', 'has a path'],
  ['oci://ghcr.io/a?b', 'has a path'],
  [`oci://ghcr.io/${'x'.repeat(300)}`, 'has a path'],
  ['oci://GHCR.io/a', 'is no place in a registry'],
  ['oci:///a', 'is no place in a registry'],
  ['oci://-o.x/a', 'is no place in a registry'],
  ['oci://ghcr.io\n/a', 'is no place in a registry'],
])('URL %j is refused', (url, problem) => {
  expect(registryUrlProblem(url)).toContain(problem);
});
