import { Construct } from 'constructs';
import { IMAGE, newChart, only } from './support';
import { Microservice, MicroserviceOptions, NodezooService } from '../../src/workload';

class ShopService extends Microservice {
  constructor(scope: Construct, id: string, options: MicroserviceOptions = {}) {
    super(scope, id, { image: `registry.example.com/${id}:1.0.0`, port: 3000, probePath: '/healthz', ...options });
  }
}

test('a team\'s own class says once what its services have in common', () => {
  const chart = newChart();
  const service = new ShopService(chart, 'cart', { replicas: 2 });
  const { replicas, template } = only(chart, 'Deployment').spec;
  expect(replicas).toBe(2);
  expect(template.spec.containers[0]).toMatchObject({ image: 'registry.example.com/cart:1.0.0', ports: [{ containerPort: 3000 }] });
  expect(service.service.port).toBe(3000);
});

describe('NodezooService', () => {
  test('is part of nodezoo, by objects and pods, and selected by its name alone', () => {
    const chart = newChart();
    new NodezooService(chart, 'nodezoo-npm-service', { image: IMAGE, port: 8080, labels: { team: 'blue' } });
    const labels = { 'app.kubernetes.io/name': 'nodezoo-npm-service', 'app.kubernetes.io/part-of': 'nodezoo', 'team': 'blue' };
    const deployment = only(chart, 'Deployment');
    expect(deployment.metadata.labels).toEqual(labels);
    expect(deployment.spec.template.metadata.labels).toEqual(labels);
    expect(only(chart, 'Service').metadata.labels).toEqual(labels);
    expect(only(chart, 'Service').spec.selector).toEqual({ 'app.kubernetes.io/name': 'nodezoo-npm-service' });
  });

  test('may be part of something else', () => {
    const chart = newChart();
    new NodezooService(chart, 'shop', { image: IMAGE, port: 8080, labels: { 'app.kubernetes.io/part-of': 'shop' } });
    expect(only(chart, 'Deployment').metadata.labels['app.kubernetes.io/part-of']).toBe('shop');
  });
});
