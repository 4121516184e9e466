import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import { FluxKustomization, KustomizationHealthCheck, SubstituteReference } from '../../src/kustomize';
import { FluxGitSource } from '../../src/source';
import { emptyFields, fieldPaths } from '../flux/field-paths';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary, specFieldPaths } from '../schema/spec-arbitrary';

const KIND = 'Kustomization';
const NAMESPACE = 'kustomizations';
// The controller goes by the kind alone.
const FIELDS = specFieldPaths(KIND).filter((path) => path !== 'sourceRef.apiVersion');

function kubeConfig({ secretRef, configMapRef }: any): FluxKubeConfig {
  return configMapRef
    ? FluxKubeConfig.fromConfigMap(configMapRef.name) : FluxKubeConfig.fromSecret(FluxSecret.kubeConfig(secretRef.name), secretRef.key);
}

function substitutes({ kind, name, optional }: any): SubstituteReference {
  return kind === 'Secret' ? SubstituteReference.secret(FluxSecret.fromSecretName(name), optional) : SubstituteReference.configMap(name, optional);
}

function construct(scope: Construct, spec: any): void {
  const { sourceRef, dependsOn = [], healthChecks, postBuild, decryption, ...same } = spec;
  const source = Object.assign(new Construct(scope, 'source'), {
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1',
    sourceKind: sourceRef.kind,
    sourceName: sourceRef.name,
    sourceNamespace: sourceRef.namespace ?? NAMESPACE,
  });
  const kustomization = new FluxKustomization(scope, 'the-one-that-is-meant', {
    ...same,
    namespace: NAMESPACE,
    source,
    interval: duration(spec.interval),
    retryInterval: duration(spec.retryInterval),
    timeout: duration(spec.timeout),
    healthChecks: healthChecks?.map((check: any) => KustomizationHealthCheck.forName(check.apiVersion, check.kind, check.name, check.namespace)),
    postBuild: postBuild && { ...postBuild, substituteFrom: postBuild.substituteFrom?.map(substitutes) },
    decryption: decryption && {
      secret: decryption.secretRef && FluxSecret.sopsKeys(decryption.secretRef.name), serviceAccountName: decryption.serviceAccountName,
    },
    kubeConfig: spec.kubeConfig && kubeConfig(spec.kubeConfig),
  });
  dependsOn.forEach(({ name, namespace = NAMESPACE, readyExpr }: any, index: number) => {
    kustomization.addDependsOn(FluxKustomization.fromKustomizationName(scope, `dependency-${index}`, name, namespace), { readyExpr });
  });
}

function rendered(spec: any): any {
  const chart = new Chart(new App(), 'chart');
  construct(chart, spec);
  return Testing.synth(chart)[0].spec;
}

const ref = fc.record({ name: nameArbitrary });
const expression = fc.constantFrom("status.phase == 'Running'", 'spec.replicas > 1');

/** Specs that hold together: what is waited for is what there is to wait for; what has a default of ours is always written. */
const specs = specArbitrary(KIND, {
  'sourceRef.apiVersion': fc.constant(undefined),
  'dependsOn.readyExpr': fc.constant("dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.status.observedGeneration > 1"),
  'healthChecks': fc.array(
    fc.record({ apiVersion: fc.constantFrom('v1', 'apps/v1'), kind: nameArbitrary, name: nameArbitrary, namespace: nameArbitrary }, {
      requiredKeys: ['apiVersion', 'kind', 'name'], noNullPrototype: true,
    }),
    { minLength: 1, maxLength: 2 },
  ),
  'healthCheckExprs': fc.uniqueArray(
    fc.record({ apiVersion: fc.constantFrom('a.example/v1', 'b.example/v1'), kind: nameArbitrary, current: expression, failed: expression, inProgress: expression }, {
      requiredKeys: ['apiVersion', 'current'], noNullPrototype: true,
    }),
    { minLength: 1, maxLength: 2, selector: ({ apiVersion }) => apiVersion },
  ),
  'kubeConfig': fc.oneof(
    fc.record({ secretRef: fc.record({ name: nameArbitrary, key: nameArbitrary }, { requiredKeys: ['name'], noNullPrototype: true }) }),
    fc.record({ configMapRef: ref }),
  ),
  'postBuild.substitute': fc.dictionary(fc.stringMatching(/^[_a-z][_a-z0-9]{0,5}$/), nameArbitrary, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
}).map(({ healthCheckExprs, wait = true, ...spec }) => {
  const whole = { path: './deploy', retryInterval: '2m', timeout: '1h', ...spec };
  const waits = spec.healthChecks ? (wait ? {} : { wait }) : { wait };
  return { ...whole, ...waits, ...(healthCheckExprs && (spec.healthChecks || wait) ? { healthCheckExprs } : {}) };
});

test('whatever the CRD lets one write comes out as it was meant', () => {
  const reached = new Set<string>();
  fc.assert(fc.property(specs, (spec) => {
    const result = rendered(spec);
    expect(result).toEqual(spec);
    fieldPaths(result, FIELDS).forEach((path) => reached.add(path));
  }), { numRuns: 200 });
  expect([...reached].sort()).toEqual(FIELDS);
});

function specOf(props: any): any {
  const chart = new Chart(new App(), 'chart');
  new FluxKustomization(chart, 'cart', { source: FluxGitSource.fromGitRepositoryName(chart, 'source', 'manifests', 'sources'), ...props });
  return Testing.synth(chart)[0].spec;
}

test('the defaults, and nothing beside them', () => {
  expect(specOf({})).toMatchInlineSnapshot(`
{
  "interval": "10m",
  "path": "./",
  "prune": true,
  "retryInterval": "1m",
  "sourceRef": {
    "kind": "GitRepository",
    "name": "manifests",
    "namespace": "sources",
  },
  "timeout": "3m",
  "wait": true,
}
`);
});

test('nothing that is empty comes out', () => {
  for (const props of [
    { dependsOn: [] }, { decryption: {} }, { postBuild: {} }, { commonMetadata: { labels: {} } }, { healthChecks: [], images: [] },
  ]) {
    expect(emptyFields(specOf(props))).toEqual([]);
  }
});
