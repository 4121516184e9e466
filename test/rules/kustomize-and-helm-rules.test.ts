import { complaintsAbout, ODD } from './complaints';

const READY = "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const OBSERVED = 'dep.metadata.generation == dep.status.observedGeneration';

/** What the rules that both kinds have in common say, which is the same of both. */
function complaints(spec: any, metadata: any = { name: 'cart', namespace: 'flux-system' }): string[] {
  const [ofKustomization, ofHelmRelease] = ['Kustomization', 'HelmRelease'].map((kind) => complaintsAbout({ kind, metadata, spec }));
  expect(ofHelmRelease).toEqual(ofKustomization);
  return ofHelmRelease;
}

test('a name that is too long for a label', () => {
  expect(complaints({}, { name: 'x'.repeat(64) })).toMatchInlineSnapshot(`
[
  "error reconciler-name-too-long metadata.name: it has 64 characters, and every apply fails, for the name becomes a label of every object. Give one of at most 63 characters.",
]
`);
  for (const name of ['x'.repeat(63), `\${${'X'.repeat(70)}}`, undefined, 7]) {
    expect(complaints({}, { name })).toEqual([]);
  }
});

test('a namespace that cannot be', () => {
  expect(complaints({ targetNamespace: 'Shop', storageNamespace: 'a.b' })).toMatchInlineSnapshot(`
[
  "error reconciler-namespace-name spec.targetNamespace: 'Shop' is no namespace. Give lower-case letters, digits and hyphens.",
  "error reconciler-namespace-name spec.storageNamespace: 'a.b' is no namespace. Give lower-case letters, digits and hyphens.",
]
`);
  for (const targetNamespace of ['shop', 'a', '0-1', '${NAMESPACE}', '', undefined, 7]) {
    expect(complaints({ targetNamespace })).toEqual([]);
  }
});

describe('dependsOn', () => {
  test('itself', () => {
    expect([
      complaints({ dependsOn: [{ name: 'database' }, { name: 'cart' }] }),
      complaints({ dependsOn: [{ name: 'cart', namespace: 'flux-system' }] }),
      complaints({ dependsOn: [{ name: 'cart', namespace: '' }] }, { name: 'cart' }),
    ].
      flat()).toMatchInlineSnapshot(`
[
  "error depends-on-itself spec.dependsOn[1]: it depends on itself, and would wait for ever. Leave itself out of dependsOn.",
  "error depends-on-itself spec.dependsOn[0]: it depends on itself, and would wait for ever. Leave itself out of dependsOn.",
  "error depends-on-itself spec.dependsOn[0]: it depends on itself, and would wait for ever. Leave itself out of dependsOn.",
]
`);
    for (const dependency of [{ name: 'cart', namespace: 'shop' }, { name: 'cart', readyExpr: `${READY} && ${OBSERVED}` }, { namespace: 'flux-system' }, 7, null]) {
      expect(complaints({ dependsOn: [dependency] })).toEqual([]);
    }
    // It may be in that namespace, or not.
    expect(complaints({ dependsOn: [{ name: 'cart', namespace: 'shop' }] }, { name: 'cart' })).toEqual([]);
  });

  test('twice', () => {
    expect(complaints({ dependsOn: [{ name: 'a' }, { name: 'b' }, { name: 'a', namespace: 'flux-system' }] })).toMatchInlineSnapshot(`
[
  "warning depends-on-twice spec.dependsOn[2]: it depends on 'flux-system/a' twice. Name it once.",
]
`);
    expect(complaints({ dependsOn: [{ name: 'a' }, { name: 'a', namespace: 'shop' }, { name: 'a', readyExpr: `${READY} && ${OBSERVED}` }] })).toEqual([]);
  });
});

describe('readyExpr', () => {
  const ofExpression = (readyExpr: any) => complaints({ dependsOn: [{ name: 'database', readyExpr }] });

  test('that the controller refuses', () => {
    expect([
      `${READY} &&`, "status.phase == 'Running'", 'dep.status.ready', "dep.status['ready']", 'dep.status.conditions.exists(c, c.status == true && d)', 'Dep.status.a == 1',
    ].flatMap(ofExpression)).toMatchInlineSnapshot(`
[
  "error ready-expr-invalid spec.dependsOn[0].readyExpr: it is no CEL expression: it cannot be read from column 74 on: &&. Write a condition over dep and self.",
  "error ready-expr-invalid spec.dependsOn[0].readyExpr: there is no variable 'status'. Begin with 'dep', the dependency, or 'self', this object.",
  "error ready-expr-invalid spec.dependsOn[0].readyExpr: a field alone is no condition, for its type is not known. Compare it with a value, such as true.",
  "error ready-expr-invalid spec.dependsOn[0].readyExpr: a field alone is no condition, for its type is not known. Compare it with a value, such as true.",
  "error ready-expr-invalid spec.dependsOn[0].readyExpr: there is no variable 'd'. Begin with 'dep', the dependency, or 'self', this object.",
  "error ready-expr-invalid spec.dependsOn[0].readyExpr: there is no variable 'Dep'. Begin with 'dep', the dependency, or 'self', this object.",
]
`);
  });

  test('that looks at no status', () => {
    expect(["dep.metadata.labels['stage'] == self.metadata.labels['stage']", "self.metadata.annotations['go'] == 'yes'"].flatMap(ofExpression)).toMatchInlineSnapshot(`
[
  "error ready-expr-blind spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and looks at no status: it may come true long before. Add: && dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration.",
  "error ready-expr-blind spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and looks at no status: it may come true long before. Add: && dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration.",
]
`);
  });

  test('that looks at less than the check whose place it takes', () => {
    expect([READY, OBSERVED, 'true', "dep.status.conditions.exists(c, c.type == 'Healthy')"].flatMap(ofExpression)).toMatchInlineSnapshot(`
[
  "warning ready-expr-incomplete spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and does not look at 'observedGeneration'. Write it with: dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration.",
  "warning ready-expr-incomplete spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and does not look at the condition 'Ready'. Write it with: dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration.",
  "warning ready-expr-incomplete spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and does not look at the condition 'Ready' and 'observedGeneration'. Write it with: dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration.",
  "warning ready-expr-incomplete spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and does not look at the condition 'Ready' and 'observedGeneration'. Write it with: dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration.",
]
`);
  });

  test.each([
    `${READY} && ${OBSERVED}`,
    'dep.status.conditions.filter(e, e.type == "Ready").all(e, e.status == "True" && e.observedGeneration == dep.metadata.generation)',
    `${OBSERVED} && ${READY} && dep.metadata.?labels['a'].orValue('x // status') == r'\\' && !(type(self.spec.a) == int) // and no more`,
    `${READY}\n  && ${OBSERVED}\n  && [1, 2u, 0x1F, 1.5e3].map(status, status > 1).all(ok, ok) && {'k': dep.spec.a}.k == b"status" && has(self.metadata.labels)`,
    '${EXPRESSION}', '', undefined, 7, null,
  ])('%j passes', (readyExpr) => {
    expect(ofExpression(readyExpr)).toEqual([]);
  });

  test('takes no time where it is long', () => {
    for (const piece of ['. ', 'a.b', '(a ,', "'a", "'''", 'a [', '\\', 'a  ', '{', '// ', 'r"']) {
      expect(() => ofExpression(piece.repeat(5_000))).not.toThrow();
    }
  });
});

describe('healthCheckExprs', () => {
  const ofExpressions = (...healthCheckExprs: any[]) => complaints({ wait: true, healthCheckExprs });
  const kind = { apiVersion: 'example.org/v1', kind: 'Database' };

  test('that are no CEL', () => {
    expect(ofExpressions({ ...kind, current: '', failed: 'status.phase = 1', inProgress: '' })).toMatchInlineSnapshot(`
[
  "error health-check-expr-invalid spec.healthCheckExprs[0].current: it is no CEL expression: it is empty. Write an expression of the Common Expression Language.",
  "error health-check-expr-invalid spec.healthCheckExprs[0].failed: it is no CEL expression: it cannot be read from column 14 on: = 1. Write an expression of the Common Expression Language.",
]
`);
  });

  test('that mean another object', () => {
    expect(ofExpressions({ ...kind, current: 'self.status.ready', failed: 'object.status.failed == true' })).toMatchInlineSnapshot(`
[
  "warning health-check-expr-variable spec.healthCheckExprs[0].current: there is no 'self' here: the fields of the object are the variables. Leave 'self.' out.",
  "warning health-check-expr-variable spec.healthCheckExprs[0].failed: there is no 'object' here: the fields of the object are the variables. Leave 'object.' out.",
]
`);
    expect(ofExpressions({ ...kind, current: 'status.self.ready && spec.list.all(object, object.a) && has(status.dep)' })).toEqual([]);
  });

  test('two for a kind', () => {
    const current = 'status.ready';
    expect(ofExpressions({ ...kind, current }, { ...kind, apiVersion: 'example.org/v2', current }, { apiVersion: 'v1', current }, { apiVersion: 'v1', current })).toMatchInlineSnapshot(`
[
  "error health-check-expr-twice spec.healthCheckExprs[1]: it is the second one for 'Database' of API group 'example.org'. Make one of them.",
  "error health-check-expr-twice spec.healthCheckExprs[3]: it is the second one for all kinds of API group ''. Make one of them.",
]
`);
    expect(ofExpressions({ ...kind, current }, { apiVersion: 'example.org/v1', current }, { ...kind, kind: 'Cache', current }, { ...kind, apiVersion: 'a.org/v1', current })).toEqual([]);
  });

  test.each(['status.ready', "status.conditions.filter(e, e.type == 'Ready').all(e, e.status == 'True')", '${EXPRESSION}'])('%j passes', (current) => {
    expect(ofExpressions({ ...kind, current })).toEqual([]);
  });
});

test('a JSON patch without a target', () => {
  const patches = ['- op: remove\n  path: /a', '# why\n---\n\n  - op: remove', '[{"op": "remove", "path": "/a"}]', '-\n  op: remove'].map((patch) => ({ patch }));
  const [kustomization, helmRelease] = [['Kustomization', { patches }], ['HelmRelease', { postRenderers: [{}, { kustomize: { patches: patches.slice(0, 1) } }] }]]
    .map(([kind, spec]) => complaintsAbout({ kind, spec }));
  expect([...kustomization, ...helmRelease]).toMatchInlineSnapshot(`
[
  "error json-patch-without-target spec.patches[0].target: a JSON patch does not say which objects it is for, and neither does a target. Give a 'target', such as { kind: Deployment, name: shop }.",
  "error json-patch-without-target spec.patches[1].target: a JSON patch does not say which objects it is for, and neither does a target. Give a 'target', such as { kind: Deployment, name: shop }.",
  "error json-patch-without-target spec.patches[2].target: a JSON patch does not say which objects it is for, and neither does a target. Give a 'target', such as { kind: Deployment, name: shop }.",
  "error json-patch-without-target spec.patches[3].target: a JSON patch does not say which objects it is for, and neither does a target. Give a 'target', such as { kind: Deployment, name: shop }.",
  "error json-patch-without-target spec.postRenderers[1].kustomize.patches[0].target: a JSON patch does not say which objects it is for, and neither does a target. Give a 'target', such as { kind: Deployment, name: shop }.",
]
`);
  for (const patch of [
    { patch: '- op: remove', target: { kind: 'Deployment' } }, { patch: '- op: remove', target: {} }, { patch: 'apiVersion: v1\nkind: Secret\nlist:\n- a' },
    { patch: '---\napiVersion: v1' }, { patch: '-op: x' }, { patch: '${PATCH}' }, { patch: '' }, { patch: 7 }, 7, null,
  ]) {
    expect(complaintsAbout({ kind: 'Kustomization', spec: { patches: [patch] } })).toEqual([]);
  }
});

test('odd values are passed over', () => {
  for (const odd of ODD) {
    for (const spec of [
      odd,
      { dependsOn: odd },
      { dependsOn: [{ name: odd, namespace: odd, readyExpr: odd }] },
      { patches: [{ patch: odd, target: odd }] },
      { wait: true, healthCheckExprs: [{ apiVersion: odd, kind: odd, current: odd, failed: odd }] },
    ]) {
      ['Kustomization', 'HelmRelease'].forEach((kind) => expect(() => complaintsAbout({ kind, spec, metadata: odd })).not.toThrow());
    }
  }
});
