import { said } from './support';

describe('HelmRepository', () => {
  const saidOf = (spec: any) => said('HelmRepository', { url: 'https://charts.example', ...spec });
  const OCI = { url: 'oci://registry.example/charts', type: 'oci' };

  test('a broken one is told what breaks it', () => {
    expect([
      saidOf({ url: 'https://ci:hunter2@charts.example' }),
      saidOf({ url: 'https://token@charts.example' }),
      saidOf({ ...OCI, url: 'oci://ci:hunter2@registry.example/charts' }),
      saidOf({ url: OCI.url }),
      saidOf({ url: OCI.url, type: 'default' }),
      saidOf({ type: 'oci' }),
      saidOf({ provider: 'aws', insecure: true }),
      saidOf({ ...OCI, passCredentials: true, suspend: true }),
      saidOf({ accessFrom: { namespaceSelectors: [{}] } }),
    ],
    ).toMatchInlineSnapshot(`
[
  [
    "helm-repository-credential (error) spec.url: the URL carries a credential. Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret.basicAuth(...)').",
  ],
  [
    "helm-repository-credential (error) spec.url: the URL carries a credential. Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret.basicAuth(...)').",
  ],
  [
    "helm-repository-credential (error) spec.url: the URL carries a credential. Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret.basicAuth(...)').",
  ],
  [
    "helm-repository-type (error) spec.type: the URL is that of a registry and the type is not. Write 'type: oci'.",
  ],
  [
    "helm-repository-type (error) spec.type: the URL is that of a registry and the type is not. Write 'type: oci'.",
  ],
  [
    "helm-repository-type (error) spec.type: type 'oci' reads an 'oci://' URL only. Leave the type out, or give the registry's URL.",
  ],
  [
    "helm-repository-unread (warning) spec.provider: Flux looks at 'provider' only with an 'oci://' URL. Leave it out.",
    "helm-repository-unread (warning) spec.insecure: Flux looks at 'insecure' only with an 'oci://' URL. Leave it out.",
  ],
  [
    "helm-repository-unread (warning) spec.passCredentials: Flux looks at 'passCredentials' only with a URL of 'https://' or 'http://'. Leave it out.",
    "helm-repository-unread (warning) spec.suspend: Flux looks at 'suspend' only with a URL of 'https://' or 'http://'. Leave it out.",
  ],
  [
    "helm-repository-access (warning) spec.accessFrom: Flux does not heed it: it neither opens nor closes anything. Leave it out.",
  ],
]
`);
  });

  test.each([
    [{}],
    [{ type: 'default', provider: 'generic', insecure: false, passCredentials: true, suspend: true }],
    [{ ...OCI, provider: 'aws', insecure: true, passCredentials: false, suspend: false, interval: '5m' }],
    [{ url: '${CHARTS}', type: 'oci', suspend: true }],
    [{ url: undefined }],
  ])('nothing is said of %j', (spec) => {
    expect(saidOf(spec)).toEqual([]);
  });
});

describe('HelmChart', () => {
  const saidOf = (kind: string, spec: any) => said('HelmChart', { sourceRef: { kind, name: 'shop' }, chart: 'shop', ...spec });

  test('a broken one is told what breaks it', () => {
    expect([
      saidOf('HelmRepository', { chart: 'Shop' }),
      saidOf('HelmRepository', { chart: './charts/shop' }),
      saidOf('HelmRepository', { chart: 'team//shop' }),
      saidOf('GitRepository', { chart: '/charts/shop' }),
      saidOf('Bucket', { chart: '/charts/shop' }),
      saidOf('GitRepository', { version: '1.x' }),
      saidOf('Bucket', { version: '1.x' }),
      saidOf('HelmRepository', { reconcileStrategy: 'Revision' }),
    ],
    ).toMatchInlineSnapshot(`
[
  [
    "helm-chart-name (error) spec.chart: 'Shop' cannot be the name of a chart. Use lower-case letters, digits and hyphens, with single '/' or '.' between them.",
  ],
  [
    "helm-chart-name (error) spec.chart: './charts/shop' cannot be the name of a chart. Use lower-case letters, digits and hyphens, with single '/' or '.' between them.",
  ],
  [
    "helm-chart-name (error) spec.chart: 'team//shop' cannot be the name of a chart. Use lower-case letters, digits and hyphens, with single '/' or '.' between them.",
  ],
  [
    "helm-chart-name (error) spec.chart: '/charts/shop' is no path in the source. Give one from its root, as './charts/shop'.",
  ],
  [
    "helm-chart-name (error) spec.chart: '/charts/shop' is no path in the source. Give one from its root, as './charts/shop'.",
  ],
  [
    "helm-chart-unread (warning) spec.version: a GitRepository has one version of a chart, whatever 'version' says. Leave it out, and say at the source what to follow.",
  ],
  [
    "helm-chart-unread (warning) spec.version: a Bucket has one version of a chart, whatever 'version' says. Leave it out, and say at the source what to follow.",
  ],
  [
    "helm-chart-unread (warning) spec.reconcileStrategy: a chart of a HelmRepository is made anew for a new version only, whatever 'reconcileStrategy' says. Leave it out.",
  ],
]
`);
  });

  test.each([
    ['HelmRepository', {}],
    ['HelmRepository', { chart: 'team/shop.web', version: '1.x', reconcileStrategy: 'ChartVersion' }],
    ['HelmRepository', { chart: 'team/.shop-' }],
    ['HelmRepository', { chart: '${CHART}' }],
    ['GitRepository', { chart: './Charts/Shop', version: '*', reconcileStrategy: 'Revision' }],
    ['Bucket', { chart: 'shop-1.0.0.tgz' }],
    ['OCIRepository', { chart: '/shop', version: '1.x' }],
  ])('nothing is said of a chart of a %s: %j', (kind, spec) => {
    expect(saidOf(kind, spec)).toEqual([]);
  });

  test('the chart of a HelmRelease is judged alike', () => {
    const ofRelease = (chart: any) => said('HelmRelease', { chart: { spec: chart } }).filter((line) => line.startsWith('helm-chart-'));
    expect([
      ofRelease({ chart: 'Shop', sourceRef: { kind: 'HelmRepository', name: 'charts' }, reconcileStrategy: 'Revision' }),
      ofRelease({ chart: '/shop', sourceRef: { kind: 'GitRepository', name: 'shop' }, version: '1.x' }),
    ]).toEqual([
      [
        expect.stringMatching(/^helm-chart-name \(error\) spec\.chart\.spec\.chart: /),
        expect.stringMatching(/^helm-chart-unread \(warning\) spec\.chart\.spec\.reconcileStrategy: /),
      ],
      [
        expect.stringMatching(/^helm-chart-name \(error\) spec\.chart\.spec\.chart: /),
        expect.stringMatching(/^helm-chart-unread \(warning\) spec\.chart\.spec\.version: /),
      ],
    ]);
    expect(ofRelease(undefined)).toEqual([]);
    expect(ofRelease({ chart: 'shop', sourceRef: { kind: 'HelmRepository', name: 'charts' }, version: '1.x' })).toEqual([]);
  });

  test('a name of any length is judged as source-controller judges it', () => {
    const goes = /^([-a-z0-9]+\/?\.?)+$/;
    for (const name of ['a', '-', 'a/', 'a.', 'a/.', 'a./', '/a', '.a', 'a..b', 'a//b', 'a/.b', 'a./b', 'a.b/c', '']) {
      expect([name, saidOf('HelmRepository', { chart: name || 'a' }).length === 0]).toEqual([name, goes.test(name || 'a')]);
    }
    expect(saidOf('HelmRepository', { chart: `${'a'.repeat(100_000)}!` })).toEqual([expect.stringMatching(/^helm-chart-name .{0,250}$/)]);
  });
});
