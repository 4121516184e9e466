import { App, Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { IMAGE, labels, newChart, only, podSpec, rendered, serviceName } from './support';
import { Microservice } from '../../src/workload';

const SELECTED = { matchLabels: { 'app.kubernetes.io/name': 'shop' } };

function shop(scope: Construct, id = 'shop'): Microservice {
  return new Microservice(scope, id, { image: IMAGE, port: 8080 });
}

describe('everything that selects the pods agrees', () => {
  test('Deployment, Service, and a Service of the user\'s own', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    new kplus.Service(chart, 'second', { selector: deployment, ports: [{ port: 1 }] });
    expect(only(chart, 'Deployment').spec.selector).toEqual(SELECTED);
    expect(rendered(chart, 'Service').map(({ spec }) => spec.selector)).toEqual(Array(2).fill(SELECTED.matchLabels));
  });

  test('a NetworkPolicy', () => {
    const chart = newChart();
    new kplus.NetworkPolicy(chart, 'policy', { selector: shop(chart).deployment });
    expect(only(chart, 'NetworkPolicy')).toMatchObject({ metadata: { namespace: 'nodezoo' }, spec: { podSelector: SELECTED } });
  });

  test('connections, on both sides', () => {
    const chart = newChart();
    shop(chart).deployment.connections.allowFrom(shop(chart, 'web').deployment);
    const web = { matchLabels: { 'app.kubernetes.io/name': 'web' } };
    const [ingress, egress] = rendered(chart, 'NetworkPolicy').map(({ spec }) => spec);
    expect(ingress).toMatchObject({ podSelector: SELECTED, ingress: [{ from: [{ podSelector: web }], ports: [{ port: 8080 }] }] });
    expect(egress).toMatchObject({ podSelector: web, egress: [{ to: [{ podSelector: SELECTED }] }] });
  });

  test('spreading, separation and colocation', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    deployment.scheduling.spread({ topology: kplus.Topology.ZONE });
    const web = shop(chart, 'web').deployment;
    web.scheduling.separate(deployment);
    web.scheduling.colocate(deployment, { weight: 1 });
    const [own, other] = rendered(chart, 'Deployment').map(({ spec }) => spec.template.spec.affinity);
    const term = { labelSelector: SELECTED, namespaces: ['nodezoo'] };
    expect(own.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toMatchObject([{ ...term, topologyKey: 'topology.kubernetes.io/zone' }]);
    expect(other.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution).toMatchObject([term]);
    expect(other.podAffinity.preferredDuringSchedulingIgnoredDuringExecution).toMatchObject([{ podAffinityTerm: term }]);
  });

  test('without a namespace, none is named', () => {
    const chart = newChart({});
    shop(chart).deployment.scheduling.spread();
    const [term] = podSpec(chart).affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution;
    expect(term).toEqual({ labelSelector: SELECTED, topologyKey: 'kubernetes.io/hostname' });
  });
});

describe('the place in the tree', () => {
  test('changes no byte of what is rendered', () => {
    fc.assert(fc.property(fc.array(serviceName, { maxLength: 4 }), serviceName, (path, chartId) => {
      const chart = new Chart(Testing.app(), chartId, { namespace: 'nodezoo' });
      shop(path.reduce((scope: Construct, id) => new Construct(scope, id), chart));
      const reference = newChart();
      shop(reference);
      expect(JSON.stringify(Testing.synth(chart))).toBe(JSON.stringify(Testing.synth(reference)));
    }));
  });

  test('two services of one id in two charts have one selector', () => {
    const app = new App();
    const charts = ['blue', 'green'].map((name) => new Chart(app, name, { namespace: name }));
    charts.forEach((chart) => shop(chart));
    expect(charts.map((chart) => only(chart, 'Deployment').spec.selector)).toEqual([SELECTED, SELECTED]);
  });
});

describe('labels of the pods', () => {
  test('whatever the labels, the selector is the name', () => {
    fc.assert(fc.property(labels, (given) => {
      const chart = newChart();
      new Microservice(chart, 'shop', { image: IMAGE, port: 8080, labels: given });
      expect(only(chart, 'Deployment').spec.selector).toEqual(SELECTED);
      expect(only(chart, 'Deployment').spec.template.metadata.labels).toEqual({ ...given, ...SELECTED.matchLabels });
    }));
  });

  test('can be added to, as can their annotations', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    deployment.podMetadata.addLabel('sidecar', 'yes');
    deployment.podMetadata.addAnnotation('prometheus.io/scrape', 'true');
    expect(only(chart, 'Deployment').spec.template.metadata).toEqual({
      labels: { ...SELECTED.matchLabels, sidecar: 'yes' },
      annotations: { 'prometheus.io/scrape': 'true' },
    });
  });

  test('that the selector misses are an error', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    deployment.select(kplus.LabelSelector.of({ labels: { color: 'blue' } }));
    expect(() => Testing.synth(chart)).toThrow('the selector asks for pods with \'color: blue\', which these are not');
    deployment.podMetadata.addLabel('color', 'blue');
    expect(only(chart, 'Deployment').spec.selector.matchLabels).toEqual({ ...SELECTED.matchLabels, color: 'blue' });
    deployment.podMetadata.addLabel('app.kubernetes.io/name', 'other');
    expect(() => Testing.synth(chart)).toThrow('the selector asks for pods with \'app.kubernetes.io/name: shop\'');
  });
});
