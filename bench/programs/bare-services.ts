import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Built, CONFIG_URL, MANIFESTS_URL, NAMESPACE, namesOf } from './built';
import { FluxApp, FluxConfigRepository, ManifestRepository } from 'cdk8s-fluxcd';

/** A chart for each service, which is how stock cdk8s makes a file for each. */
export function bareStock(count: number, outdir: string): Built {
  const app = new App({ outdir });
  for (const name of namesOf(count)) {
    const chart = new Chart(app, name, { namespace: NAMESPACE });
    workload(chart, name);
    new ApiObject(chart, 'source', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'GitRepository',
      metadata: { name, namespace: 'flux-system' },
      spec: { interval: '1m', url: MANIFESTS_URL, ref: { branch: name } },
    });
    new ApiObject(chart, 'kustomization', {
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      kind: 'Kustomization',
      metadata: { name, namespace: 'flux-system' },
      spec: {
        interval: '10m', retryInterval: '1m', timeout: '3m', path: './', prune: true, wait: true, sourceRef: { kind: 'GitRepository', name },
      },
    });
  }
  return { app };
}

/** The same objects, delivered: the two Flux objects of each service come from its delivery. */
export function bareDelivered(count: number, outdir: string): Built {
  return delivered(count, outdir, () => undefined);
}

/** As many, each depending on the one before. */
export function bareChain(count: number, outdir: string): Built {
  return delivered(count, outdir, (service, before) => service.node.addDependency(before));
}

function delivered(count: number, outdir: string, link: (service: Construct, before: Construct) => void): Built {
  const app = new FluxApp({ name: 'bench', outdir });
  const chart = new Chart(app, 'bench', { namespace: NAMESPACE });
  const config = new FluxConfigRepository(chart, 'config', { url: CONFIG_URL });
  const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS_URL, clusters: [config.cluster('production')] });
  let before: Construct | undefined;
  for (const name of namesOf(count)) {
    const service = new Construct(chart, name);
    workload(service, name);
    manifests.branch(name).deliver(service);
    if (before) {
      link(service, before);
    }
    before = service;
  }
  return { app };
}

function workload(scope: Construct, name: string): void {
  const labels = { 'app.kubernetes.io/name': name };
  new ApiObject(scope, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name, image: `nodezoo/${name}:1.0.0`, ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
    },
  });
  new ApiObject(scope, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels },
    spec: { selector: labels, ports: [{ name: 'http', port: 8080, targetPort: 8080 }] },
  });
}
