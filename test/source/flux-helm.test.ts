import { App, Chart, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { existingOf } from '../../src/routing';
import {
  ChartOrigin, ChartReconcileStrategy, FluxGitSource, FluxHelmChart, FluxHelmRepository, FluxHelmRepositoryProps, FluxOciSource,
  HelmRepositoryProvider, SignatureVerification,
} from '../../src/source';
import { said } from '../rules/support';

const newChart = () => new Chart(new App(), 'chart', { namespace: 'shop' });

describe('HelmRepository', () => {
  const newRepository = (props: Partial<FluxHelmRepositoryProps> = {}) => new FluxHelmRepository(newChart(), 'charts', { url: 'https://charts.example', ...props });
  const OCI = 'oci://registry.example/charts';

  test('its type is that of its URL', () => {
    expect(Testing.synth(Chart.of(newRepository()))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "HelmRepository",
    "metadata": {
      "name": "charts",
      "namespace": "flux-system",
    },
    "spec": {
      "url": "https://charts.example",
    },
  },
]
`);
    expect(Testing.synth(Chart.of(newRepository({ url: OCI })))[0].spec).toEqual({ type: 'oci', url: OCI });
    expect(newRepository({ namespace: 'team' })).toMatchObject({
      helmRepositoryName: 'charts', helmRepositoryNamespace: 'team', url: 'https://charts.example',
    });
  });

  test.each<[Partial<FluxHelmRepositoryProps>, string]>([
    [{ url: undefined }, "'url' is missing. Give the URL of the Helm repository."],
    [{ url: 'https://ci:hunter2@charts.example' }, 'HelmRepository flux-system/charts: spec.url: the URL carries a credential.'],
    [{ secret: FluxSecret.registry('s') }, "Flux does not read registry login from 'secret' (Secret 's')"],
    [{ certSecret: FluxSecret.registry('s') }, "Flux does not read registry login from 'certSecret' (Secret 's')"],
  ])('a mistake is told: %#', (props, message) => {
    expect(() => newRepository(props)).toThrow(`chart/charts: ${message}`);
  });

  test.each<[string, Partial<FluxHelmRepositoryProps>]>([
    ['provider', { provider: HelmRepositoryProvider.AWS }],
    ['insecure', { insecure: true }],
    ['passCredentials', { url: OCI, passCredentials: true }],
    ['suspend', { url: OCI, suspend: true }],
  ])('%s can be written where it does not count, and the rules tell', (field, props) => {
    const [{ spec }] = Testing.synth(Chart.of(newRepository(props)));
    expect(said('HelmRepository', spec)).toEqual([expect.stringContaining(`helm-repository-unread (warning) spec.${field}: Flux looks at '${field}' only with`)]);
  });

  test('a registry takes what docker login writes', () => {
    expect(() => newRepository({ url: OCI, secret: FluxSecret.registry('s'), provider: HelmRepositoryProvider.GENERIC })).not.toThrow();
  });
});

describe('HelmChart', () => {
  test('of a Helm repository has a version, and is verified', () => {
    const chart = newChart();
    const repository = FluxHelmRepository.fromHelmRepositoryName(chart, 'charts', 'charts', 'shop');
    const verify = SignatureVerification.cosignKeyless({ matchOIDCIdentity: [{ issuer: '^https://issuer.example$', subject: '^ci$' }] });
    const made = new FluxHelmChart(chart, 'cart', {
      namespace: 'shop', origin: ChartOrigin.fromHelmRepository(repository, 'cart', { version: '1.x', valuesFiles: ['values-eu.yaml'], verify }),
    });
    expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.toolkit.fluxcd.io/v1",
    "kind": "HelmChart",
    "metadata": {
      "name": "cart",
      "namespace": "shop",
    },
    "spec": {
      "chart": "cart",
      "interval": "1m",
      "sourceRef": {
        "kind": "HelmRepository",
        "name": "charts",
      },
      "valuesFiles": [
        "values-eu.yaml",
      ],
      "verify": {
        "matchOIDCIdentity": [
          {
            "issuer": "^https://issuer.example$",
            "subject": "^ci$",
          },
        ],
        "provider": "cosign",
      },
      "version": "1.x",
    },
  },
]
`);
    expect(made).toMatchObject({ helmChartName: 'cart', helmChartNamespace: 'shop' });
  });

  test('of a Git repository has a path, and follows what the source follows', () => {
    const chart = newChart();
    const source = FluxGitSource.fromGitRepositoryName(chart, 'source', 'shop');
    new FluxHelmChart(chart, 'cart', {
      origin: ChartOrigin.fromSource(source, './charts/cart', { reconcileStrategy: ChartReconcileStrategy.REVISION, ignoreMissingValuesFiles: false }),
    });
    expect(Testing.synth(chart)[0].spec).toEqual({
      chart: './charts/cart', interval: '1m', reconcileStrategy: 'Revision', ignoreMissingValuesFiles: false, sourceRef: { kind: 'GitRepository', name: 'shop' },
    });
  });

  test('mistakes are told', () => {
    const chart = newChart();
    const repository = FluxHelmRepository.fromHelmRepositoryName(chart, 'charts', 'charts');
    const elsewhere = FluxHelmRepository.fromHelmRepositoryName(chart, 'elsewhere', 'charts', 'team');
    const oci = FluxOciSource.fromOciRepositoryName(chart, 'oci', 'cart');
    const make = (id: string, origin: ChartOrigin) => () => new FluxHelmChart(chart, id, { origin });
    const verifiedBy = (verify: SignatureVerification) => ChartOrigin.fromHelmRepository(repository, 'cart', { verify });
    expect(make('a', undefined!)).toThrow("chart/a: 'origin' is missing. Say where the chart is from: ChartOrigin.fromHelmRepository(...).");
    expect(make('b', ChartOrigin.fromHelmRepository(elsewhere, 'cart'))).toThrow(
      "chart/b: a HelmChart of namespace 'flux-system' cannot read HelmRepository 'team/charts'. Give both the same 'namespace'.",
    );
    expect(make('c', ChartOrigin.fromHelmRepository(repository, 'Cart'))).toThrow("chart/c: HelmChart flux-system/c: spec.chart: 'Cart' cannot be the name of a chart.");
    expect(make('d', verifiedBy(SignatureVerification.cosignKeyless({ trustedRootSecret: FluxSecret.sigstoreTrustedRoot('s') })))).toThrow(
      "chart/d: the verification of a HelmChart knows no 'trustedRootSecret'. Leave it out, or read the chart by an OCIRepository.",
    );
    expect(make('e', verifiedBy(SignatureVerification.notation(FluxSecret.cosignKeys('s'))))).toThrow(
      "chart/e: Flux does not read Cosign keys from 'verify.secret' (Secret 's')",
    );
    expect(() => ChartOrigin.fromSource(oci, '.')).toThrow(
      'ChartOrigin.fromSource: a HelmChart is not read from an OCIRepository. Give a GitRepository or a Bucket, or make the source the chartRef of a HelmRelease.',
    );
    expect(() => ChartOrigin.fromHelmRepository(repository, '')).toThrow("ChartOrigin.fromHelmRepository: 'chart' is missing. Give it.");
    expect(() => ChartOrigin.fromHelmRepository(undefined!, 'cart')).toThrow("ChartOrigin.fromHelmRepository: 'repository' is missing. Give it.");
    expect(() => ChartOrigin.fromSource(undefined!, '.')).toThrow("ChartOrigin.fromSource: 'source' is missing. Give it.");
    expect(() => ChartOrigin.fromSource(oci, undefined!)).toThrow("ChartOrigin.fromSource: 'path' is missing. Give it.");
  });
});

test('what is made elsewhere renders nothing', () => {
  const chart = newChart();
  const repository = FluxHelmRepository.fromHelmRepositoryName(chart, 'repository', 'charts');
  const cart = FluxHelmChart.fromHelmChartName(chart, 'cart', 'cart', 'shop');
  expect(existingOf(repository)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'HelmRepository', name: 'charts', namespace: 'flux-system' });
  expect(existingOf(cart)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'HelmChart', name: 'cart', namespace: 'shop' });
  expect(cart).toMatchObject({ helmChartName: 'cart', helmChartNamespace: 'shop' });
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => FluxHelmRepository.fromHelmRepositoryName(chart, 'a', undefined!)).toThrow("chart/a: 'name' is missing. Give the name of the HelmRepository.");
  expect(() => FluxHelmChart.fromHelmChartName(chart, 'b', undefined!)).toThrow("chart/b: 'name' is missing. Give the name of the HelmChart.");
});
