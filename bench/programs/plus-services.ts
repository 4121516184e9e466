import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Built, CONFIG_URL, MANIFESTS_URL, NAMESPACE, namesOf } from './built';
import { FluxApp, FluxConfigRepository, FluxGitSource, GitRef, ManifestBranchKustomization } from 'cdk8s-fluxcd';

/** In a plain app the Flux constructs are objects of their chart like any other. */
export function plusStock(count: number, outdir: string): Built {
  const app = new App({ outdir });
  namesOf(count).forEach((name) => service(app, name));
  return { app };
}

/** The same constructs in the same charts; only the app is another, and has a cluster for the Flux objects. */
export function plusDelivered(count: number, outdir: string): Built {
  const app = new FluxApp({ name: 'bench', outdir });
  new FluxConfigRepository(new Chart(app, 'config'), 'config', { url: CONFIG_URL }).cluster('production');
  namesOf(count).forEach((name) => service(app, name));
  return { app };
}

function service(app: App, name: string): void {
  const chart = new Chart(app, name, { namespace: NAMESPACE });
  const workload = new Construct(chart, 'workload');
  const deployment = new kplus.Deployment(workload, 'deployment', {
    metadata: { name },
    replicas: 2,
    containers: [{ image: `nodezoo/${name}:1.0.0`, portNumber: 8080 }],
  });
  new kplus.Service(workload, 'service', { metadata: { name }, selector: deployment, ports: [{ port: 8080 }] });
  const source = new FluxGitSource(chart, 'source', { url: MANIFESTS_URL, ref: GitRef.branch(name) });
  new ManifestBranchKustomization(chart, 'kustomization', { source, workloads: [workload] });
}
