import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import {
  FluxHelmRelease, HelmInstallStrategy, HelmPostRenderer, HelmReleaseChart, HelmTargetPath, HelmUpgradeStrategy, HelmValuesFrom,
} from '../../src/helm';
import { ChartOrigin, FluxHelmChart, FluxHelmRepository } from '../../src/source';
import { healthCheckExprsArbitrary, kubeConfigArbitrary, kubeConfigOf, readyExprArbitrary } from '../flux/alternatives';
import { expectFieldsCovered } from '../flux/coverage';
import { emptyFields } from '../flux/field-paths';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';
import { sourceOf, verificationArbitrary, verificationOf } from '../source/alternatives';

const KIND = 'HelmRelease';
const NAMESPACE = 'releases';

function origin(scope: Construct, { sourceRef, chart, interval: _, verify, ...same }: any): ChartOrigin {
  if (sourceRef.kind !== 'HelmRepository') {
    return ChartOrigin.fromSource(sourceOf(scope, sourceRef, NAMESPACE), chart, same);
  }
  const repository = FluxHelmRepository.fromHelmRepositoryName(scope, 'repository', sourceRef.name, sourceRef.namespace ?? NAMESPACE);
  return ChartOrigin.fromHelmRepository(repository, chart, { ...same, verify: verificationOf(verify) });
}

function chartOf(scope: Construct, { chart, chartRef }: any): HelmReleaseChart {
  if (chart) {
    return HelmReleaseChart.fromTemplate(origin(scope, chart.spec), { ...chart.metadata, interval: duration(chart.spec.interval) });
  }
  return chartRef.kind === 'HelmChart'
    ? HelmReleaseChart.fromHelmChart(FluxHelmChart.fromHelmChartName(scope, 'helm-chart', chartRef.name, chartRef.namespace ?? NAMESPACE))
    : HelmReleaseChart.fromSource(sourceOf(scope, chartRef, NAMESPACE));
}

function action(strategies: typeof HelmInstallStrategy | typeof HelmUpgradeStrategy, fields: any): any {
  if (!fields) {
    return undefined;
  }
  const { strategy, remediation, ...same } = fields;
  return {
    ...timed(same),
    strategy: strategy && (strategy.name === 'RetryOnFailure'
      ? strategies.retryOnFailure(duration(strategy.retryInterval)) : strategies.remediateOnFailure(remediation)),
  };
}

function timed(fields: any): any {
  return fields && { ...fields, timeout: duration(fields.timeout) };
}

function valuesFrom({ kind, name, valuesKey, targetPath, literal, optional }: any): HelmValuesFrom {
  const path = targetPath && (literal ? HelmTargetPath.literal(targetPath) : HelmTargetPath.interpreted(targetPath));
  const options = { valuesKey, targetPath: path, optional };
  return kind === 'Secret' ? HelmValuesFrom.secret(FluxSecret.fromSecretName(name), options) : HelmValuesFrom.configMap(name, options);
}

function construct(scope: Construct, spec: any): void {
  const { chartRef: _, dependsOn = [], ...same } = spec;
  const release = new FluxHelmRelease(scope, 'the-one-that-is-meant', {
    ...same,
    namespace: NAMESPACE,
    chart: chartOf(scope, spec),
    interval: duration(spec.interval),
    timeout: duration(spec.timeout),
    install: action(HelmInstallStrategy, spec.install),
    upgrade: action(HelmUpgradeStrategy, spec.upgrade),
    rollback: timed(spec.rollback),
    uninstall: timed(spec.uninstall),
    test: timed(spec.test),
    valuesFrom: spec.valuesFrom?.map(valuesFrom),
    waitStrategy: spec.waitStrategy?.name,
    postRenderers: spec.postRenderers?.map(({ kustomize }: any) => HelmPostRenderer.kustomize(kustomize)),
    kubeConfig: kubeConfigOf(spec.kubeConfig),
  });
  dependsOn.forEach(({ name, namespace = NAMESPACE, readyExpr }: any, index: number) => {
    release.addDependsOn(FluxHelmRelease.fromHelmReleaseName(scope, `dependency-${index}`, name, namespace), { readyExpr });
  });
}

const specs = fc.tuple(specArbitrary(KIND, {
  'chart.spec.sourceRef.apiVersion': fc.constant(undefined),
  'chartRef.apiVersion': fc.constant(undefined),
  'chart.spec.version': fc.constantFrom('1.x', '>=1.0.0 <2.0.0'),
  'chart.spec.verify': verificationArbitrary([]),
  'dependsOn.readyExpr': readyExprArbitrary,
  'healthCheckExprs': healthCheckExprsArbitrary,
  'kubeConfig': kubeConfigArbitrary,
  // It says what Flux does not do.
  'install.skipCRDs': fc.constant(false),
  'valuesFrom.valuesKey': nameArbitrary,
  'valuesFrom.targetPath': fc.constantFrom('database.password', 'hosts[0].name', 'a\\.b'),
  'valuesFrom.literal': fc.constant(true),
}).filter(({ chart, chartRef }) => chart && chartRef), fc.boolean()).map(([spec, isTemplate]) => consistent(spec, isTemplate));

/** Of alternatives one, with what belongs to it. */
function consistent({ chart, chartRef, ...spec }: any, isTemplate: boolean): any {
  return {
    ...present(spec, {
      install: failing(spec.install),
      upgrade: failing(spec.upgrade),
      valuesFrom: spec.valuesFrom?.map(({ literal, ...from }: any) => (from.targetPath && literal ? { ...from, literal } : from)),
      healthCheckExprs: spec.waitStrategy?.name === 'legacy' ? undefined : spec.healthCheckExprs,
      postRenderers: spec.postRenderers?.every(({ kustomize }: any) => kustomize) ? spec.postRenderers : undefined,
    }),
    ...(isTemplate ? { chart: { ...chart, spec: versioned(chart.spec) } } : { chartRef }),
  };
}

/** With a strategy where there is a remediation, and with that only where it counts. */
function failing(fields: any): any {
  if (!fields?.strategy && !fields?.remediation) {
    return fields;
  }
  const { strategy = { name: 'RemediateOnFailure' }, remediation, ...same } = fields;
  return strategy.name === 'RetryOnFailure'
    ? { ...same, strategy } : { ...same, ...present({}, { remediation }), strategy: { name: strategy.name } };
}

function versioned({ version, verify, reconcileStrategy, ...same }: any): any {
  return same.sourceRef.kind === 'HelmRepository' ? present(same, { version, verify }) : present(same, { reconcileStrategy });
}

function present(fields: any, others: any): any {
  return Object.fromEntries(Object.entries({ ...fields, ...others }).filter(([, value]) => value !== undefined));
}

test('every field of a HelmRelease can be written, and comes out as it was meant', () => {
  const reason = 'helm-controller goes by the kind';
  expectFieldsCovered({ kind: KIND, specs, construct, unwritable: { 'chart.spec.sourceRef.apiVersion': reason, 'chartRef.apiVersion': reason } });
});

function specOf(props: any): any {
  const chart = new Chart(new App(), 'chart');
  const repository = FluxHelmRepository.fromHelmRepositoryName(chart, 'repository', 'charts');
  new FluxHelmRelease(chart, 'shop', { chart: HelmReleaseChart.fromTemplate(ChartOrigin.fromHelmRepository(repository, 'shop')), ...props });
  return Testing.synth(chart)[0].spec;
}

test('the defaults, and nothing beside them', () => {
  expect(specOf({})).toMatchInlineSnapshot(`
{
  "chart": {
    "spec": {
      "chart": "shop",
      "sourceRef": {
        "kind": "HelmRepository",
        "name": "charts",
      },
    },
  },
  "interval": "10m",
}
`);
});

test('nothing that is empty comes out', () => {
  for (const props of [{ dependsOn: [], valuesFrom: [], postRenderers: [] }, { install: {}, upgrade: {}, test: {}, driftDetection: {} }]) {
    expect(emptyFields(specOf(props))).toEqual([]);
  }
});
