import { Chart } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { AppNamespace, FluxApp, FluxConfigRepository, ManifestRepository, NodezooService } from 'cdk8s-fluxcd';

// What differs between environments, as code: no overlays. `ENVIRONMENT=staging` renders the other one, to branches and a
// cluster of its own.
const app = new FluxApp({ name: 'nodezoo', inputs: { environment: process.env.ENVIRONMENT ?? 'production' } });
const environment = app.input('environment');
const size = environment === 'production'
  ? { replicas: 2, resources: { cpu: { request: Cpu.millis(100) } } }
  : { replicas: 1, resources: { cpu: { request: Cpu.millis(20) } } };

const chart = new Chart(app, 'nodezoo', { namespace: 'nodezoo' });
new AppNamespace(chart, 'nodezoo');

const config = new FluxConfigRepository(chart, 'config', { url: 'https://gitlab.com/n1470/flux-config.git' });
const manifests = new ManifestRepository(chart, 'manifests', {
  url: 'https://gitlab.com/n1470/nodezoo-k8s-manifests.git',
  clusters: [config.cluster(environment)],
});

for (const name of ['nodezoo-npm-service', 'nodezoo-github-service', 'nodezoo-info-service']) {
  const branch = environment === 'production' ? name : `${environment}/${name}`;
  new NodezooService(chart, name, { image: `nodezoo/${name}:1.0.0`, port: 8080, delivery: manifests.branch(branch, { name }), ...size });
}
app.synth();
