import { complaintsAbout, ODD } from './complaints';

function complaints(spec: any, metadata: any = { name: 'cart', namespace: 'flux-system' }): string[] {
  return complaintsAbout({ apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec });
}

const CHECK = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' };
const EXPR = { apiVersion: 'example.org/v1', current: 'true' };

test('health checks that are not looked at', () => {
  expect([
    { wait: true, healthChecks: [CHECK] },
    { healthCheckExprs: [EXPR] },
    { wait: false, healthCheckExprs: [EXPR], healthChecks: [] },
  ].flatMap((spec) => complaints(spec))).toMatchInlineSnapshot(`
[
  "error kustomization-health-checks-unread spec.healthChecks: Flux ignores 'healthChecks' when 'wait' is true. Give one of the two.",
  "error kustomization-health-check-exprs-unread spec.healthCheckExprs: they count only with 'wait' or 'healthChecks'. Give one of them.",
  "error kustomization-health-check-exprs-unread spec.healthCheckExprs: they count only with 'wait' or 'healthChecks'. Give one of them.",
]
`);
  for (const spec of [
    { wait: true, healthCheckExprs: [EXPR] }, { healthChecks: [CHECK], healthCheckExprs: [EXPR] }, { wait: true, healthChecks: [] }, { wait: false },
  ]) {
    expect(complaints(spec)).toEqual([]);
  }
});

test('a path that leads out of the source', () => {
  expect(['../deploy', './..', 'a/../../b'].flatMap((path) => complaints({ path }))).toMatchInlineSnapshot(`
[
  "warning kustomization-path-outside spec.path: '../deploy' leads out of the source, and Flux takes the root for what is above it. Give the path from the source's root, such as './deploy'.",
  "warning kustomization-path-outside spec.path: './..' leads out of the source, and Flux takes the root for what is above it. Give the path from the source's root, such as './deploy'.",
  "warning kustomization-path-outside spec.path: 'a/../../b' leads out of the source, and Flux takes the root for what is above it. Give the path from the source's root, such as './deploy'.",
]
`);
});

test.each(['./', '', '/deploy', 'a/../b', './a/..', '..a/b', 'a..', '${DIRECTORY}/../..'])('path %j passes', (path) => {
  expect(complaints({ path })).toEqual([]);
});

test('components of elsewhere', () => {
  const components = ['https://git.example/team/shop', 'GitHub.com/team/shop', '/components/debug', 'file:///components/debug', 'git@git.example:shop'];
  expect(complaints({ components })).toMatchInlineSnapshot(`
[
  "error kustomization-component-path spec.components[0]: Flux builds with components of the source only. Give a path relative to 'spec.path', such as '../components/debug'.",
  "error kustomization-component-path spec.components[1]: Flux builds with components of the source only. Give a path relative to 'spec.path', such as '../components/debug'.",
  "error kustomization-component-path spec.components[2]: Flux builds with components of the source only. Give a path relative to 'spec.path', such as '../components/debug'.",
  "error kustomization-component-path spec.components[3]: Flux builds with components of the source only. Give a path relative to 'spec.path', such as '../components/debug'.",
  "error kustomization-component-path spec.components[4]: Flux builds with components of the source only. Give a path relative to 'spec.path', such as '../components/debug'.",
]
`);
  expect(complaints({ components: ['../components/debug', 'github.com', 'gh', 'components/https:', '${COMPONENTS}'] })).toEqual([]);
});

test('variables of postBuild', () => {
  expect(complaints({ postBuild: { substitute: { '1a': 'x', 'a-b': 'x', '': 'x', 'ä': 'x', 'a\nb': 'x' } } })).toMatchInlineSnapshot(`
[
  "error kustomization-variable-name spec.postBuild.substitute: '1a' is no variable of postBuild. Use letters, digits and _, no digit first.",
  "error kustomization-variable-name spec.postBuild.substitute: 'a-b' is no variable of postBuild. Use letters, digits and _, no digit first.",
  "error kustomization-variable-name spec.postBuild.substitute: '' is no variable of postBuild. Use letters, digits and _, no digit first.",
  "error kustomization-variable-name spec.postBuild.substitute: 'ä' is no variable of postBuild. Use letters, digits and _, no digit first.",
  "error kustomization-variable-name spec.postBuild.substitute: 'a b' is no variable of postBuild. Use letters, digits and _, no digit first.",
]
`);
  expect(complaints({ postBuild: { substitute: { script: 'a\nb' } } })).toMatchInlineSnapshot(`
[
  "warning kustomization-variable-line-break spec.postBuild.substitute: 'script' has line breaks, which Flux takes out. Write it on one line.",
]
`);
  expect(complaints({ postBuild: { substitute: { a: 'x', _: 'x', _1: 'x', Zone_1: 'x\n', ZONE: '', number: 7 } } })).toEqual([]);
});

test('odd values are passed over', () => {
  for (const field of ['wait', 'healthChecks', 'healthCheckExprs', 'path', 'components', 'postBuild', 'dependsOn', 'patches', 'targetNamespace']) {
    ODD.forEach((odd) => expect(() => complaints({ [field]: odd })).not.toThrow());
  }
  ODD.forEach((odd) => expect(() => [...complaints(odd), ...complaints({}, odd), ...complaints({ postBuild: { substitute: odd } })]).not.toThrow());
});
