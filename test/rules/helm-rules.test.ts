import { complaintsAbout, ODD } from './complaints';

function complaints(spec: any, metadata: any = { name: 'cart', namespace: 'flux-system' }): string[] {
  return complaintsAbout({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata, spec });
}

const EXPR = { apiVersion: 'example.org/v1', current: 'true' };

test('the chart that is described', () => {
  const sourceRef = { kind: 'GitRepository', name: 'shop' };
  expect([
    { chart: './charts/shop', sourceRef, verify: { provider: 'cosign' } },
    { chart: './charts/shop', sourceRef: { kind: 'Bucket', name: 'shop' }, version: '1.x' },
    { chart: '/charts/shop', sourceRef },
    { chart: 'Shop', sourceRef: { kind: 'HelmRepository', name: 'shop' }, reconcileStrategy: 'Revision' },
  ].flatMap((spec) => complaints({ chart: { spec } }))).toMatchInlineSnapshot(`
[
  "error helm-release-verify-source spec.chart.spec.verify: the chart of a GitRepository cannot be verified, and the HelmChart is refused. Leave it out, and verify the source.",
  "warning helm-chart-unread spec.chart.spec.version: a Bucket has one version of a chart, whatever 'version' says. Leave it out, and say at the source what to follow.",
  "error helm-chart-name spec.chart.spec.chart: '/charts/shop' is no path in the source. Give one from its root, as './charts/shop'.",
  "error helm-chart-name spec.chart.spec.chart: 'Shop' cannot be the name of a chart. Use lower-case letters, digits and hyphens, with single '/' or '.' between them.",
  "warning helm-chart-unread spec.chart.spec.reconcileStrategy: a chart of a HelmRepository is made anew for a new version only, whatever 'reconcileStrategy' says. Leave it out.",
]
`);
  for (const spec of [
    { chart: './charts/shop', sourceRef, version: '*', reconcileStrategy: 'Revision' },
    { chart: 'shop', sourceRef: { kind: 'HelmRepository', name: 'shop' }, version: '1.x', verify: { provider: 'cosign' } },
    { chart: './charts/shop', sourceRef, verify: null },
  ]) {
    expect(complaints({ chart: { spec } })).toEqual([]);
  }
});

test('values that are none', () => {
  expect(['a: b', ['a'], 7, true].flatMap((values) => complaints({ values }))).toMatchInlineSnapshot(`
[
  "error helm-release-values-no-map spec.values: it is no map, and Flux ignores it. Give a map, as in a values file.",
  "error helm-release-values-no-map spec.values: it is no map, and Flux ignores it. Give a map, as in a values file.",
  "error helm-release-values-no-map spec.values: it is no map, and Flux ignores it. Give a map, as in a values file.",
  "error helm-release-values-no-map spec.values: it is no map, and Flux ignores it. Give a map, as in a values file.",
]
`);
  for (const values of [undefined, null, {}, { a: { b: [] } }]) {
    expect(complaints({ values })).toEqual([]);
  }
});

test('literal without a path', () => {
  const from = { kind: 'Secret', name: 'database' };
  expect(complaints({ valuesFrom: [from, { ...from, literal: true }, { ...from, literal: true, targetPath: '' }] })).toMatchInlineSnapshot(`
[
  "warning helm-release-literal-unread spec.valuesFrom[1].literal: without 'targetPath' it is read as a values file all the same. Give a 'targetPath', or leave 'literal' out.",
  "warning helm-release-literal-unread spec.valuesFrom[2].literal: without 'targetPath' it is read as a values file all the same. Give a 'targetPath', or leave 'literal' out.",
]
`);
  expect(complaints({ valuesFrom: [{ ...from, literal: true, targetPath: 'a.b' }, { ...from, literal: false }, { ...from, targetPath: 'a' }, from, from] })).toEqual([]);
});

describe('remediation', () => {
  const retry = { name: 'RetryOnFailure' };
  const remediate = { name: 'RemediateOnFailure' };

  test('beside a strategy that has none', () => {
    expect([
      { install: { strategy: retry, remediation: { retries: 3 } } },
      { upgrade: { strategy: retry, remediation: { remediateLastFailure: true } } },
      { upgrade: { strategy: retry, remediation: { strategy: 'rollback' } } },
    ].flatMap((spec) => complaints(spec))).toMatchInlineSnapshot(`
[
  "error helm-release-remediation-unread spec.install.remediation: with the strategy RetryOnFailure Flux retries for ever, and undoes nothing. Leave 'remediation' out, or set the strategy RemediateOnFailure.",
  "error helm-release-remediation-unread spec.upgrade.remediation: with the strategy RetryOnFailure Flux retries for ever, and undoes nothing. Leave 'remediation' out, or set the strategy RemediateOnFailure.",
  "error helm-release-remediation-unread spec.upgrade.remediation: with the strategy RetryOnFailure Flux retries for ever, and undoes nothing. Leave 'remediation' out, or set the strategy RemediateOnFailure.",
]
`);
  });

  test('that never comes', () => {
    expect([
      { upgrade: { remediation: { strategy: 'rollback' } } },
      { upgrade: { strategy: remediate, remediation: { strategy: 'uninstall', retries: 0, remediateLastFailure: false } } },
    ].flatMap((spec) => complaints(spec))).toMatchInlineSnapshot(`
[
  "warning helm-release-remediation-never spec.upgrade.remediation.strategy: without 'retries' Flux undoes nothing: a failed upgrade stays. Give 'retries', or 'remediateLastFailure: true'.",
  "warning helm-release-remediation-never spec.upgrade.remediation.strategy: without 'retries' Flux undoes nothing: a failed upgrade stays. Give 'retries', or 'remediateLastFailure: true'.",
]
`);
  });

  test.each([
    { upgrade: { strategy: retry } },
    { upgrade: { strategy: retry, remediation: { ignoreTestFailures: true } } },
    { install: { strategy: retry, remediation: { retries: -1 } } },
    { install: { strategy: remediate, remediation: { retries: 3 } }, upgrade: { remediation: { retries: 3, strategy: 'rollback' } } },
    { upgrade: { remediation: { retries: -1, strategy: 'rollback' } } },
    { upgrade: { remediation: { remediateLastFailure: true, strategy: 'rollback' } } },
    { upgrade: { remediation: { ignoreTestFailures: true } }, install: { remediation: { retries: 0 } } },
  ])('%j passes', (spec) => {
    expect(complaints(spec)).toEqual([]);
  });
});

test('the name of the release', () => {
  expect(['Cart', 'a_b', '-a', 'a.', 'a..b'].flatMap((releaseName) => complaints({ releaseName }))).toMatchInlineSnapshot(`
[
  "error helm-release-name spec.releaseName: 'Cart' cannot be the name of a release. Give lower-case letters, digits, hyphens and dots.",
  "error helm-release-name spec.releaseName: 'a_b' cannot be the name of a release. Give lower-case letters, digits, hyphens and dots.",
  "error helm-release-name spec.releaseName: '-a' cannot be the name of a release. Give lower-case letters, digits, hyphens and dots.",
  "error helm-release-name spec.releaseName: 'a.' cannot be the name of a release. Give lower-case letters, digits, hyphens and dots.",
  "error helm-release-name spec.releaseName: 'a..b' cannot be the name of a release. Give lower-case letters, digits, hyphens and dots.",
]
`);
  for (const releaseName of ['cart', 'a.b-c', '1', '', '${NAME}', 7]) {
    expect(complaints({ releaseName })).toEqual([]);
  }
});

test('fields that mean nothing', () => {
  expect([
    { install: { skipCRDs: true } },
    { install: { skipCRDs: true, crds: 'Create' } },
    { rollback: { recreate: true } },
    { waitStrategy: { name: 'legacy' }, healthCheckExprs: [EXPR] },
    { test: { filters: [{ name: 'smoke' }] } },
    { driftDetection: { ignore: [{ paths: ['/spec/replicas'] }] } },
    { upgrade: { force: true, serverSideApply: 'enabled' }, rollback: { force: true, serverSideApply: 'enabled' } },
  ].flatMap((spec) => complaints(spec))).toMatchInlineSnapshot(`
[
  "error helm-release-skip-crds spec.install.skipCRDs: Flux no longer looks at it, and installs the CustomResourceDefinitions. Set 'install.crds' to Skip.",
  "error helm-release-skip-crds spec.install.skipCRDs: Flux no longer looks at it, and installs the CustomResourceDefinitions. Set 'install.crds' to Skip.",
  "warning helm-release-recreate spec.rollback.recreate: it has no effect any more. Leave it out.",
  "error helm-release-health-check-exprs-unread spec.healthCheckExprs: they count only with the wait strategy 'poller'. Leave 'waitStrategy' out.",
  "warning helm-release-tests-off spec.test.enable: without it no test is run. Set 'enable: true', or leave 'test' out.",
  "warning helm-release-drift-detection-off spec.driftDetection.mode: without it Flux looks for no drift. Set it to enabled or warn.",
  "warning helm-release-force-unread spec.upgrade.force: it means nothing with server-side apply, which takes over fields of others anyway. Leave it out, or set 'serverSideApply' to disabled.",
  "warning helm-release-force-unread spec.rollback.force: it means nothing with server-side apply, which takes over fields of others anyway. Leave it out, or set 'serverSideApply' to disabled.",
]
`);
});

test.each([
  { install: { skipCRDs: true, crds: 'Skip' } },
  { install: { skipCRDs: false }, rollback: { recreate: false } },
  { waitStrategy: { name: 'poller' }, healthCheckExprs: [EXPR] },
  { healthCheckExprs: [EXPR] },
  { waitStrategy: { name: 'legacy' }, healthCheckExprs: [] },
  { test: { enable: true, filters: [] } },
  { test: { enable: false, ignoreFailures: true } },
  { test: {} },
  { driftDetection: { mode: 'disabled', ignore: [{ paths: ['/spec/replicas'] }] } },
  { driftDetection: { mode: 'warn' } },
  { driftDetection: {} },
  { upgrade: { force: true }, rollback: { force: true, serverSideApply: 'auto' } },
])('%j passes', (spec) => {
  expect(complaints(spec)).toEqual([]);
});

test('odd values are passed over', () => {
  const fields = [
    'chart', 'chartRef', 'values', 'valuesFrom', 'install', 'upgrade', 'rollback', 'test', 'driftDetection', 'waitStrategy', 'healthCheckExprs', 'dependsOn',
    'postRenderers', 'releaseName', 'targetNamespace', 'storageNamespace',
  ];
  for (const odd of ODD) {
    fields.forEach((field) => expect(() => complaints({ [field]: odd })).not.toThrow());
    const action = { strategy: odd, remediation: odd };
    expect(() => complaints({ chart: { spec: odd }, install: action, upgrade: action })).not.toThrow();
    expect(() => complaints({ postRenderers: [{ kustomize: odd }, { kustomize: { patches: odd } }], waitStrategy: odd })).not.toThrow();
  }
});
