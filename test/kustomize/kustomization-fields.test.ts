import { App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { FluxKustomization, KustomizationHealthCheck, SubstituteReference } from '../../src/kustomize';
import { FluxGitSource } from '../../src/source';
import { healthCheckExprsArbitrary, kubeConfigArbitrary, kubeConfigOf, readyExprArbitrary } from '../flux/alternatives';
import { expectFieldsCovered } from '../flux/coverage';
import { emptyFields } from '../flux/field-paths';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';
import { sourceOf } from '../source/alternatives';

const KIND = 'Kustomization';
const NAMESPACE = 'kustomizations';

function substitutes({ kind, name, optional }: any): SubstituteReference {
  return kind === 'Secret' ? SubstituteReference.secret(FluxSecret.fromSecretName(name), optional) : SubstituteReference.configMap(name, optional);
}

function construct(scope: Construct, spec: any): void {
  const { sourceRef, dependsOn = [], healthChecks, postBuild, decryption, ...same } = spec;
  const kustomization = new FluxKustomization(scope, 'the-one-that-is-meant', {
    ...same,
    namespace: NAMESPACE,
    source: sourceOf(scope, sourceRef, NAMESPACE),
    interval: duration(spec.interval),
    retryInterval: duration(spec.retryInterval),
    timeout: duration(spec.timeout),
    healthChecks: healthChecks?.map((check: any) => KustomizationHealthCheck.forName(check.apiVersion, check.kind, check.name, check.namespace)),
    postBuild: postBuild && { ...postBuild, substituteFrom: postBuild.substituteFrom?.map(substitutes) },
    decryption: decryption && {
      secret: decryption.secretRef && FluxSecret.sopsKeys(decryption.secretRef.name), serviceAccountName: decryption.serviceAccountName,
    },
    kubeConfig: kubeConfigOf(spec.kubeConfig),
  });
  dependsOn.forEach(({ name, namespace = NAMESPACE, readyExpr }: any, index: number) => {
    kustomization.addDependsOn(FluxKustomization.fromKustomizationName(scope, `dependency-${index}`, name, namespace), { readyExpr });
  });
}

/** Specs that hold together: what is waited for is what there is to wait for; what has a default of ours is always written. */
const specs = specArbitrary(KIND, {
  'sourceRef.apiVersion': fc.constant(undefined),
  'dependsOn.readyExpr': readyExprArbitrary,
  'healthChecks': fc.array(
    fc.record({ apiVersion: fc.constantFrom('v1', 'apps/v1'), kind: nameArbitrary, name: nameArbitrary, namespace: nameArbitrary }, {
      requiredKeys: ['apiVersion', 'kind', 'name'], noNullPrototype: true,
    }),
    { minLength: 1, maxLength: 2 },
  ),
  'healthCheckExprs': healthCheckExprsArbitrary,
  'kubeConfig': kubeConfigArbitrary,
  'postBuild.substitute': fc.dictionary(fc.stringMatching(/^[_a-z][_a-z0-9]{0,5}$/), nameArbitrary, { minKeys: 1, maxKeys: 2, noNullPrototype: true }),
}).map(({ healthCheckExprs, wait = true, ...spec }) => {
  const whole = { path: './deploy', retryInterval: '2m', timeout: '1h', ...spec };
  const waits = spec.healthChecks ? (wait ? {} : { wait }) : { wait };
  return { ...whole, ...waits, ...(healthCheckExprs && (spec.healthChecks || wait) ? { healthCheckExprs } : {}) };
});

test('every field of a Kustomization can be written, and comes out as it was meant', () => {
  expectFieldsCovered({ kind: KIND, specs, construct, unwritable: { 'sourceRef.apiVersion': 'kustomize-controller goes by the kind' } });
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
