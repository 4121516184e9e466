import { App, Chart, Duration, Testing } from 'cdk8s';
import { FluxApp, FluxGitSource, GitRef, ManifestBranchKustomization, NodezooService } from '../../src';
import { newFolder } from '../tools/output';

/** The three constructs, as a team writes them by hand. */
function byHand(app: App): Chart {
  const chart = new Chart(app, 'nodezoo', { namespace: 'nodezoo' });
  const service = new NodezooService(chart, 'nodezoo-npm-service', { image: 'nodezoo/nodezoo-npm-service:1.0.0', port: 8080 });
  const source = new FluxGitSource(chart, 'source', {
    url: 'https://gitlab.com/n1470/nodezoo-k8s-manifests.git', ref: GitRef.branch('nodezoo-npm-service'), interval: Duration.seconds(30),
  });
  new ManifestBranchKustomization(chart, 'kustomization', { source, workloads: [service] });
  return chart;
}

test('a plain App has all objects in the chart, and a FluxApp the same ones', () => {
  const objects = Testing.synth(byHand(Testing.app()));
  expect(objects.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace}/${name}`)).toEqual([
    'Deployment nodezoo/nodezoo-npm-service',
    'Service nodezoo/nodezoo-npm-service',
    'GitRepository flux-system/nodezoo-npm-service',
    'Kustomization flux-system/nodezoo-npm-service',
  ]);
  expect(Testing.synth(byHand(new FluxApp({ name: 'nodezoo', outdir: newFolder() })))).toEqual(objects);
});

test('a snapshot shows what a user reviews', () => {
  const [, service, source, kustomization] = Testing.synth(byHand(Testing.app()));
  expect([service.spec, source.spec, kustomization.spec]).toMatchInlineSnapshot(`
[
  {
    "ports": [
      {
        "name": "http",
        "port": 8080,
        "targetPort": 8080,
      },
    ],
    "selector": {
      "app.kubernetes.io/name": "nodezoo-npm-service",
    },
  },
  {
    "interval": "30s",
    "ref": {
      "branch": "nodezoo-npm-service",
    },
    "url": "https://gitlab.com/n1470/nodezoo-k8s-manifests.git",
  },
  {
    "interval": "10m",
    "path": "./",
    "prune": true,
    "retryInterval": "1m",
    "sourceRef": {
      "kind": "GitRepository",
      "name": "nodezoo-npm-service",
    },
    "timeout": "3m",
    "wait": true,
  },
]
`);
});
