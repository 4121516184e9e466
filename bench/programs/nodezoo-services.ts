import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Built, CONFIG_URL, MANIFESTS_URL, NAMESPACE, namesOf } from './built';
import { FluxApp, FluxConfigRepository, ManifestRepository, NodezooService } from 'cdk8s-fluxcd';

/** Services as a team of nodezoo writes them, in one chart, with their Flux objects in one cluster. */
export function nodezoo(count: number, outdir: string): Built {
  return build(count, outdir, true);
}

/** The same without a config repository, so that nothing but the branches is published. */
export function nodezooBranches(count: number, outdir: string): Built {
  return build(count, outdir, false);
}

function build(count: number, outdir: string, published: boolean): Built {
  const app = new FluxApp({ name: 'bench', outdir });
  const chart = new Chart(app, 'bench', { namespace: NAMESPACE });
  const clusters = published ? [new FluxConfigRepository(chart, 'config', { url: CONFIG_URL }).cluster('production')] : [];
  const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS_URL, clusters });
  const files: IConstruct[] = [];
  for (const name of namesOf(count)) {
    const delivery = manifests.branch(name);
    files.push(new NodezooService(chart, name, { image: `nodezoo/${name}:1.0.0`, port: 8080, delivery }), delivery);
  }
  return { app, files };
}
