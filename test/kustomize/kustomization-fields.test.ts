import { ApiObject, App, Chart, Duration, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import {
  FluxKustomization, FluxKustomizationProps, KustomizationBuildMetadata, KustomizationDeletionPolicy, KustomizationHealthCheck,  SubstituteReference, SubstituteStrategy,
} from '../../src/kustomize';
import { FluxGitSource } from '../../src/source';
import { emptyFields, fieldPaths } from '../flux/field-paths';

const TARGET = ['annotationSelector', 'group', 'kind', 'labelSelector', 'name', 'namespace', 'version'];

// Every field of spec of Kustomization v1, as the CRD of Flux 2.9 has it, but sourceRef.apiVersion: the controller goes by the kind.
const FIELDS = [
  'buildMetadata',
  'commonMetadata.annotations', 'commonMetadata.labels',
  'components',
  'decryption.provider', 'decryption.secretRef.name', 'decryption.serviceAccountName',
  'deletionPolicy',
  'dependsOn.name', 'dependsOn.namespace', 'dependsOn.readyExpr',
  'force',
  'healthCheckExprs.apiVersion', 'healthCheckExprs.current', 'healthCheckExprs.failed', 'healthCheckExprs.inProgress', 'healthCheckExprs.kind',
  'healthChecks.apiVersion', 'healthChecks.kind', 'healthChecks.name', 'healthChecks.namespace',
  'ignore.paths', ...TARGET.map((field) => `ignore.target.${field}`),
  'ignoreMissingComponents',
  'images.digest', 'images.name', 'images.newName', 'images.newTag',
  'interval',
  'kubeConfig.configMapRef.name', 'kubeConfig.secretRef.key', 'kubeConfig.secretRef.name',
  'namePrefix',
  'nameSuffix',
  'patches.patch', ...TARGET.map((field) => `patches.target.${field}`),
  'path',
  'postBuild.substitute', 'postBuild.substituteFrom.kind', 'postBuild.substituteFrom.name', 'postBuild.substituteFrom.optional',
  'postBuild.substituteStrategy',
  'prune',
  'retryInterval',
  'serviceAccountName',
  'sourceRef.kind', 'sourceRef.name', 'sourceRef.namespace',
  'suspend',
  'targetNamespace',
  'timeout',
  'wait',
];

function add(scope: Construct, id: string, props: Partial<FluxKustomizationProps> = {}): FluxKustomization {
  const source = FluxGitSource.fromGitRepositoryName(scope, `source of ${id}`, 'manifests', 'sources');
  return new FluxKustomization(scope, id, { source, ...props });
}

function spec(props: Partial<FluxKustomizationProps>): any {
  const chart = new Chart(new App(), 'chart');
  add(chart, 'cart', props);
  return Testing.synth(chart)[0].spec;
}

function everything(): any {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const deployment = new ApiObject(new Chart(new App(), 'other', { namespace: 'shop' }), 'cart', {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart' },
  });
  const target = {
    group: 'apps', version: 'v1', kind: 'Deployment', name: 'cart.*', namespace: 'sh.p', labelSelector: 'app=cart', annotationSelector: 'tier=web',
  };
  const kustomization = add(chart, 'cart', {
    path: './deploy',
    interval: Duration.hours(1),
    retryInterval: Duration.minutes(2),
    timeout: Duration.hours(2),
    prune: false,
    wait: false,
    healthChecks: [KustomizationHealthCheck.forObject(deployment)],
    healthCheckExprs: [{ apiVersion: 'example.org/v1', kind: 'Database', current: 'a', failed: 'b', inProgress: 'c' }],
    serviceAccountName: 'applier',
    targetNamespace: 'target',
    namePrefix: 'blue-',
    nameSuffix: '-v2',
    commonMetadata: { labels: { team: 'blue' }, annotations: { note: 'x' } },
    components: ['../component'],
    ignoreMissingComponents: true,
    patches: [{ patch: '- op: remove\n  path: /spec/replicas\n', target }],
    images: [{ name: 'cart', newName: 'registry.example/cart', newTag: '1.0.0', digest: 'sha256:0' }],
    ignore: [{ paths: ['/spec/replicas'], target }],
    postBuild: {
      substitute: { zone: 'eu' },
      substituteFrom: [SubstituteReference.configMap('settings'), SubstituteReference.secret(FluxSecret.fromSecretName('secrets'), true)],
      substituteStrategy: SubstituteStrategy.ALWAYS,
    },
    decryption: { secret: FluxSecret.sopsKeys('age'), serviceAccountName: 'decrypter' },
    kubeConfig: FluxKubeConfig.fromSecret(FluxSecret.kubeConfig('remote'), 'config.yaml'),
    buildMetadata: [KustomizationBuildMetadata.ORIGIN_ANNOTATIONS],
    deletionPolicy: KustomizationDeletionPolicy.ORPHAN,
    force: true,
    suspend: true,
  });
  const database = FluxKustomization.fromKustomizationName(chart, 'database', 'database', 'data');
  kustomization.addDependsOn(database, { readyExpr: 'dep.status.ready' });
  return Testing.synth(chart)[0].spec;
}

test('every property comes out under the name that Flux gives it', () => {
  expect(everything()).toMatchInlineSnapshot(`
{
  "buildMetadata": [
    "originAnnotations",
  ],
  "commonMetadata": {
    "annotations": {
      "note": "x",
    },
    "labels": {
      "team": "blue",
    },
  },
  "components": [
    "../component",
  ],
  "decryption": {
    "provider": "sops",
    "secretRef": {
      "name": "age",
    },
    "serviceAccountName": "decrypter",
  },
  "deletionPolicy": "Orphan",
  "dependsOn": [
    {
      "name": "database",
      "namespace": "data",
      "readyExpr": "dep.status.ready",
    },
  ],
  "force": true,
  "healthCheckExprs": [
    {
      "apiVersion": "example.org/v1",
      "current": "a",
      "failed": "b",
      "inProgress": "c",
      "kind": "Database",
    },
  ],
  "healthChecks": [
    {
      "apiVersion": "apps/v1",
      "kind": "Deployment",
      "name": "cart",
      "namespace": "shop",
    },
  ],
  "ignore": [
    {
      "paths": [
        "/spec/replicas",
      ],
      "target": {
        "annotationSelector": "tier=web",
        "group": "apps",
        "kind": "Deployment",
        "labelSelector": "app=cart",
        "name": "cart.*",
        "namespace": "sh.p",
        "version": "v1",
      },
    },
  ],
  "ignoreMissingComponents": true,
  "images": [
    {
      "digest": "sha256:0",
      "name": "cart",
      "newName": "registry.example/cart",
      "newTag": "1.0.0",
    },
  ],
  "interval": "1h",
  "kubeConfig": {
    "secretRef": {
      "key": "config.yaml",
      "name": "remote",
    },
  },
  "namePrefix": "blue-",
  "nameSuffix": "-v2",
  "patches": [
    {
      "patch": "- op: remove
  path: /spec/replicas
",
      "target": {
        "annotationSelector": "tier=web",
        "group": "apps",
        "kind": "Deployment",
        "labelSelector": "app=cart",
        "name": "cart.*",
        "namespace": "sh.p",
        "version": "v1",
      },
    },
  ],
  "path": "./deploy",
  "postBuild": {
    "substitute": {
      "zone": "eu",
    },
    "substituteFrom": [
      {
        "kind": "ConfigMap",
        "name": "settings",
      },
      {
        "kind": "Secret",
        "name": "secrets",
        "optional": true,
      },
    ],
    "substituteStrategy": "Always",
  },
  "prune": false,
  "retryInterval": "2m",
  "serviceAccountName": "applier",
  "sourceRef": {
    "kind": "GitRepository",
    "name": "manifests",
    "namespace": "sources",
  },
  "suspend": true,
  "targetNamespace": "target",
  "timeout": "2h",
  "wait": false,
}
`);
});

test('every field of the CRD can be reached, and nothing else comes out', () => {
  const other = spec({ kubeConfig: FluxKubeConfig.fromConfigMap('remote') });
  expect(fieldPaths([everything(), other], FIELDS)).toEqual(FIELDS);
});

test('the defaults, and nothing beside them', () => {
  expect(spec({})).toMatchInlineSnapshot(`
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
    {},
    { dependsOn: [] },
    { decryption: {} },
    { postBuild: { substitute: { a: 'b' } } },
    { postBuild: { substituteFrom: [SubstituteReference.configMap('a')] } },
    { healthChecks: [KustomizationHealthCheck.forName('apps/v1', 'Deployment', 'cart')] },
    { kubeConfig: FluxKubeConfig.fromSecret(FluxSecret.kubeConfig('remote')) },
  ]) {
    expect(emptyFields(spec(props))).toEqual([]);
  }
});

test('false is written where it is given', () => {
  const off = { prune: false, wait: false, ignoreMissingComponents: false, force: false, suspend: false };
  expect(spec(off)).toMatchObject(off);
});

test('the closed lists are those of the CRD', () => {
  expect(Object.values(KustomizationDeletionPolicy)).toEqual(['MirrorPrune', 'Delete', 'WaitForTermination', 'Orphan']);
  expect(Object.values(KustomizationBuildMetadata)).toEqual(['originAnnotations', 'transformerAnnotations']);
  expect(Object.values(SubstituteStrategy)).toEqual(['WithVariables', 'Always']);
});
