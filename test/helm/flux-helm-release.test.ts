import { ApiObject, App, Chart, Duration, JsonPatch, Lazy, Testing } from 'cdk8s';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import {
  FluxHelmRelease, FluxHelmReleaseProps, HelmCrdsPolicy, HelmInstallStrategy, HelmPostRenderer, HelmReleaseChart, HelmRemediationStrategy,
  HelmTargetPath, HelmUpgradeStrategy, HelmValuesFrom, HelmWaitStrategy,
} from '../../src/helm';
import { existingOf } from '../../src/routing';
import { ChartOrigin, FluxExternalArtifact, FluxGitSource, FluxHelmChart, FluxHelmRepository, SignatureVerification } from '../../src/source';

const READY = "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration";

function newChart(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'shop' });
}

function podinfo(scope: Chart, id: string, namespace?: string): ChartOrigin {
  return ChartOrigin.fromHelmRepository(FluxHelmRepository.fromHelmRepositoryName(scope, `repository of ${id}`, 'podinfo', namespace), 'podinfo', { version: '6.x' });
}

function add(scope: Chart, id: string, props: Partial<FluxHelmReleaseProps> = {}): FluxHelmRelease {
  return new FluxHelmRelease(scope, id, { chart: HelmReleaseChart.fromTemplate(podinfo(scope, id)), ...props });
}

function specOf(release: FluxHelmRelease): any {
  return release.apiObject.toJson().spec;
}

test('a HelmRelease in flux-system, named like its id', () => {
  const chart = newChart();
  const release = add(chart, 'cart');
  expect([release.helmReleaseName, release.helmReleaseNamespace]).toEqual(['cart', 'flux-system']);
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "helm.toolkit.fluxcd.io/v2",
    "kind": "HelmRelease",
    "metadata": {
      "name": "cart",
      "namespace": "flux-system",
    },
    "spec": {
      "chart": {
        "spec": {
          "chart": "podinfo",
          "sourceRef": {
            "kind": "HelmRepository",
            "name": "podinfo",
          },
          "version": "6.x",
        },
      },
      "interval": "10m",
    },
  },
]
`);
});

test('a name and a namespace of its own', () => {
  const release = add(newChart(), 'release', { name: 'cart', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'x' } });
  expect([release.helmReleaseName, release.helmReleaseNamespace]).toEqual(['cart', 'shop']);
  expect(release.apiObject.toJson().metadata).toEqual({ name: 'cart', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'x' } });
});

test('one that is made elsewhere renders nothing, and counts as there', () => {
  const chart = newChart();
  const here = FluxHelmRelease.fromHelmReleaseName(chart, 'a', 'cart');
  const there = FluxHelmRelease.fromHelmReleaseName(chart, 'b', 'cart', 'shop');
  expect([here.helmReleaseName, here.helmReleaseNamespace, there.helmReleaseNamespace]).toEqual(['cart', 'flux-system', 'shop']);
  expect(existingOf(there)).toEqual({ group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', name: 'cart', namespace: 'shop' });
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => FluxHelmRelease.fromHelmReleaseName(chart, 'c', process.env.NO_SUCH_VARIABLE!)).toThrow(
    "chart/c: 'name' is missing. Give the name of the HelmRelease.",
  );
});

describe('the chart', () => {
  test('is told if it is missing', () => {
    expect(() => add(newChart(), 'cart', { chart: undefined })).toThrow(
      "chart/cart: 'chart' is missing. Give a HelmReleaseChart, such as HelmReleaseChart.fromSource(...).",
    );
    for (const factory of ['fromTemplate', 'fromSource', 'fromHelmChart'] as const) {
      expect(() => HelmReleaseChart[factory](undefined as any)).toThrow(/^HelmReleaseChart\.\w+: '\w+' is missing\. Give it\.$/);
    }
  });

  test('is named with its namespace only where that differs', () => {
    const chart = newChart();
    const shared = FluxHelmChart.fromHelmChartName(chart, 'shared', 'podinfo', 'charts');
    const near = FluxHelmChart.fromHelmChartName(chart, 'near', 'podinfo');
    const artifact = FluxExternalArtifact.fromExternalArtifactName(chart, 'artifact', 'podinfo');
    expect([
      HelmReleaseChart.fromHelmChart(shared),
      HelmReleaseChart.fromHelmChart(near),
      HelmReleaseChart.fromSource(artifact),
      HelmReleaseChart.fromTemplate(podinfo(chart, 'near')),
      HelmReleaseChart.fromTemplate(podinfo(chart, 'far', 'charts'), { interval: Duration.hours(1), labels: { team: 'blue' } }),
    ].map((of, index) => {
      const { chart: template, chartRef } = specOf(add(chart, `cart${index}`, { chart: of }));
      return template ?? chartRef;
    })).toMatchInlineSnapshot(`
[
  {
    "kind": "HelmChart",
    "name": "podinfo",
    "namespace": "charts",
  },
  {
    "kind": "HelmChart",
    "name": "podinfo",
  },
  {
    "kind": "ExternalArtifact",
    "name": "podinfo",
  },
  {
    "spec": {
      "chart": "podinfo",
      "sourceRef": {
        "kind": "HelmRepository",
        "name": "podinfo",
      },
      "version": "6.x",
    },
  },
  {
    "metadata": {
      "labels": {
        "team": "blue",
      },
    },
    "spec": {
      "chart": "podinfo",
      "interval": "1h",
      "sourceRef": {
        "kind": "HelmRepository",
        "name": "podinfo",
        "namespace": "charts",
      },
      "version": "6.x",
    },
  },
]
`);
  });

  test('is nothing that a Git repository holds as a whole', () => {
    const git = FluxGitSource.fromGitRepositoryName(newChart(), 'git', 'shop');
    expect(() => HelmReleaseChart.fromSource(git)).toThrow(
      'HelmReleaseChart.fromSource: a GitRepository does not hold one chart. Give an OCIRepository or an ExternalArtifact, or name the chart in it',
    );
  });

  test('is verified by what the Secret holds, and nobody in particular', () => {
    const chart = newChart();
    const repository = FluxHelmRepository.fromHelmRepositoryName(chart, 'repository', 'podinfo');
    const verified = (id: string, verify: SignatureVerification) => add(chart, id, {
      chart: HelmReleaseChart.fromTemplate(ChartOrigin.fromHelmRepository(repository, 'podinfo', { verify })),
    });
    expect(() => verified('cart', SignatureVerification.cosign(FluxSecret.basicAuth('s')))).toThrow(
      "chart/cart: Flux does not read basic authentication from 'chart.spec.verify.secret' (Secret 's'). Give a FluxSecret for Cosign keys",
    );
    expect(() => verified('basket', SignatureVerification.cosignKeyless({ matchOIDCIdentity: [{ issuer: 'a', subject: 'b' }] }))).toThrow(
      "chart/basket: the verification of a HelmRelease knows no 'matchOIDCIdentity'",
    );
  });
});

describe('values', () => {
  test('come out as they are: empty lists, empty maps and nulls take away defaults of the chart', () => {
    const values = {
      'tolerations': [],
      'nodeSelector': {},
      'resources': null,
      'probe': { liveness: null, path: '/', args: [null, 'a', { b: null }] },
      'a/b~c': null,
    };
    expect(specOf(add(newChart(), 'cart', { values })).values).toEqual(values);
    expect(specOf(add(newChart(), 'bare', { values: {} })).values).toEqual({});
    expect(specOf(add(newChart(), 'none'))).not.toHaveProperty('values');
  });

  test('may be known late, and leave out what is undefined', () => {
    const values = { host: Lazy.any({ produce: () => 'shop.example' }), port: undefined, list: [Lazy.any({ produce: () => 1 })] };
    expect(specOf(add(newChart(), 'cart', { values })).values).toEqual({ host: 'shop.example', list: [1] });
  });

  test('from elsewhere', () => {
    const valuesFrom = [
      HelmValuesFrom.configMap('settings'),
      HelmValuesFrom.secret(FluxSecret.fromSecretName('database'), { valuesKey: 'password', targetPath: HelmTargetPath.literal('db.password'), optional: true }),
      HelmValuesFrom.configMap('hosts', { valuesKey: 'hosts', targetPath: HelmTargetPath.interpreted('hosts') }),
    ];
    expect(specOf(add(newChart(), 'cart', { valuesFrom })).valuesFrom).toMatchInlineSnapshot(`
[
  {
    "kind": "ConfigMap",
    "name": "settings",
  },
  {
    "kind": "Secret",
    "literal": true,
    "name": "database",
    "optional": true,
    "targetPath": "db.password",
    "valuesKey": "password",
  },
  {
    "kind": "ConfigMap",
    "name": "hosts",
    "targetPath": "hosts",
    "valuesKey": "hosts",
  },
]
`);
  });

  test('from nowhere', () => {
    expect(() => HelmValuesFrom.configMap('')).toThrow('HelmValuesFrom: the ConfigMap has no name. Give the name of a ConfigMap.');
    expect(() => HelmTargetPath.literal('')).toThrow('HelmTargetPath: it is empty. Give the path of a value, such as database.password.');
  });
});

describe('a failure', () => {
  test('is undone, or tried again', () => {
    const { install, upgrade } = specOf(add(newChart(), 'cart', {
      install: { crds: HelmCrdsPolicy.SKIP, strategy: HelmInstallStrategy.retryOnFailure(Duration.minutes(2)), timeout: Duration.minutes(10) },
      upgrade: { strategy: HelmUpgradeStrategy.remediateOnFailure({ retries: 3, strategy: HelmRemediationStrategy.UNINSTALL }) },
    }));
    expect(install).toEqual({ crds: 'Skip', strategy: { name: 'RetryOnFailure', retryInterval: '2m' }, timeout: '10m' });
    expect(upgrade).toEqual({ remediation: { retries: 3, strategy: 'uninstall' }, strategy: { name: 'RemediateOnFailure' } });
  });

  test('is tried again at an interval, or undone without a number', () => {
    const { install, upgrade } = specOf(add(newChart(), 'cart', {
      install: { strategy: HelmInstallStrategy.remediateOnFailure() }, upgrade: { strategy: HelmUpgradeStrategy.retryOnFailure() },
    }));
    expect([install, upgrade]).toEqual([{ strategy: { name: 'RemediateOnFailure' } }, { strategy: { name: 'RetryOnFailure' } }]);
  });
});

describe('dependsOn', () => {
  test('names those that are given, then those that are added, with a namespace only where it differs', () => {
    const chart = newChart();
    const database = add(chart, 'database');
    const cart = add(chart, 'cart', { dependsOn: [database, FluxHelmRelease.fromHelmReleaseName(chart, 'cache', 'cache', 'data')] });
    cart.addDependsOn(FluxHelmRelease.fromHelmReleaseName(chart, 'queue', 'queue'), { readyExpr: READY });
    expect(specOf(cart).dependsOn).toEqual([{ name: 'database' }, { name: 'cache', namespace: 'data' }, { name: 'queue', readyExpr: READY }]);
  });

  test('refuses itself, and forgets what it refused', () => {
    const chart = newChart();
    const cart = add(chart, 'cart');
    const message = 'chart/cart: HelmRelease flux-system/cart: spec.dependsOn[0]: it depends on itself, and would wait for ever. Leave itself out of dependsOn';
    expect(() => cart.addDependsOn(cart)).toThrow(message);
    expect(() => cart.addDependsOn(FluxHelmRelease.fromHelmReleaseName(chart, 'import', 'cart'))).toThrow(message);
    cart.addDependsOn(FluxHelmRelease.fromHelmReleaseName(chart, 'namesake', 'cart', 'shop'));
    expect(specOf(cart).dependsOn).toEqual([{ name: 'cart', namespace: 'shop' }]);
  });
});

describe('refused where it is given', () => {
  test.each<[string, Partial<FluxHelmReleaseProps>, string]>([
    ['an interval of nothing', { interval: Duration.seconds(0) }, "'interval' is 0. Give more than that, or leave it out."],
    ['a timeout that cannot be written', { install: { timeout: Duration.millis(0.5) } }, "'install.timeout': a duration of 0.5 ms is not a whole number of milliseconds"],
    ['a retry interval of nothing', { upgrade: { strategy: HelmUpgradeStrategy.retryOnFailure(Duration.seconds(0)) } }, "'upgrade.strategy.retryInterval' is 0"],
    ['a Secret without a kubeconfig', { kubeConfig: FluxKubeConfig.fromSecret(FluxSecret.ssh('s')) }, "Flux does not read SSH from 'kubeConfig.secret' (Secret 's')"],
    ['a health check that is never made', { waitStrategy: HelmWaitStrategy.LEGACY, healthCheckExprs: [{ apiVersion: 'a.example/v1', current: 'true' }] },
      "HelmRelease flux-system/cart: spec.healthCheckExprs: they count only with the wait strategy 'poller'. Leave 'waitStrategy' out"],
    ['a JSON patch for nothing', { postRenderers: [HelmPostRenderer.kustomize({ patches: [{ patch: '- op: remove\n  path: /spec/replicas\n' }] })] },
      'HelmRelease flux-system/cart: spec.postRenderers[0].kustomize.patches[0].target: a JSON patch does not say which objects it is for'],
  ])('%s', (_, props, message) => {
    expect(() => add(newChart(), 'cart', props)).toThrow(`chart/cart: ${message}`);
  });
});

test('a patch reaches every field', () => {
  const release = add(newChart(), 'cart', { values: { a: null } });
  expect(ApiObject.of(release)).toBe(release.apiObject);
  ApiObject.of(release).addJsonPatch(JsonPatch.replace('/spec/values/a', 1), JsonPatch.add('/spec/suspend', true));
  expect(specOf(release)).toMatchObject({ values: { a: 1 }, suspend: true });
});
