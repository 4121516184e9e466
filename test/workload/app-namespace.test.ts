import { ApiObject, JsonPatch, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { newChart, only } from './support';
import { AppNamespace, PodSecurityLevel } from '../../src/workload';

test('restricted, never pruned, and in no namespace although its chart has one', () => {
  const chart = newChart();
  const namespace = new AppNamespace(chart, 'shop');
  expect(namespace.namespaceName).toBe('shop');
  expect(ApiObject.of(namespace).metadata.namespace).toBeUndefined();
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "v1",
    "kind": "Namespace",
    "metadata": {
      "annotations": {
        "kustomize.toolkit.fluxcd.io/prune": "disabled",
      },
      "labels": {
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
      },
      "name": "shop",
    },
  },
]
`);
});

test('another name than the id', () => {
  const chart = newChart();
  expect(new AppNamespace(chart, 'namespace', { name: 'shop' }).namespaceName).toBe('shop');
  expect(only(chart, 'Namespace').metadata.name).toBe('shop');
});

test.each([
  [PodSecurityLevel.BASELINE, { 'pod-security.kubernetes.io/enforce': 'baseline', 'pod-security.kubernetes.io/warn': 'baseline' }],
  [PodSecurityLevel.PRIVILEGED, { 'pod-security.kubernetes.io/enforce': 'privileged' }],
])('level %s', (podSecurity, labels) => {
  const chart = newChart();
  new AppNamespace(chart, 'shop', { podSecurity });
  expect(only(chart, 'Namespace').metadata.labels).toEqual(labels);
});

test('labels and annotations, which win', () => {
  const chart = newChart();
  new AppNamespace(chart, 'shop', {
    labels: { 'team': 'blue', 'pod-security.kubernetes.io/enforce-version': 'v1.35' },
    annotations: { 'example.com/owner': 'blue', 'kustomize.toolkit.fluxcd.io/prune': 'enabled' },
  });
  expect(only(chart, 'Namespace').metadata).toMatchObject({
    labels: { 'team': 'blue', 'pod-security.kubernetes.io/enforce-version': 'v1.35', 'pod-security.kubernetes.io/enforce': 'restricted' },
    annotations: { 'example.com/owner': 'blue', 'kustomize.toolkit.fluxcd.io/prune': 'enabled' },
  });
});

test('a label or annotation that is undefined counts as not given', () => {
  const chart = newChart();
  new AppNamespace(chart, 'shop', {
    labels: { 'pod-security.kubernetes.io/enforce': undefined as any }, annotations: { 'kustomize.toolkit.fluxcd.io/prune': undefined as any },
  });
  expect(only(chart, 'Namespace').metadata).toMatchObject({
    labels: { 'pod-security.kubernetes.io/enforce': 'restricted' }, annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
  });
});

test('patches reach it', () => {
  const chart = newChart();
  ApiObject.of(new AppNamespace(chart, 'shop')).addJsonPatch(JsonPatch.add('/spec', { finalizers: ['example.com/shop'] }));
  expect(only(chart, 'Namespace').spec).toEqual({ finalizers: ['example.com/shop'] });
});

test('one that something else makes renders nothing', () => {
  const chart = newChart();
  expect(AppNamespace.fromNamespaceName(chart, 'other', 'shop').namespaceName).toBe('shop');
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => AppNamespace.fromNamespaceName(chart, 'none', process.env.NO_SUCH_VARIABLE!)).toThrow(
    'chart/none: \'namespaceName\' is missing. Give the name of the namespace.',
  );
});

test('any name: taken if and only if it is a DNS label', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9-]{1,70}$/)), (name) => {
    const legal = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
    const builds = [
      () => new AppNamespace(newChart(), 'id', { name }),
      () => AppNamespace.fromNamespaceName(newChart(), 'id', name),
    ];
    for (const build of builds) {
      legal ? expect(build).not.toThrow() : expect(build).toThrow(`chart/id: '${name}' is no namespace. Give`);
    }
  }));
});

test('a label that is none', () => {
  expect(() => new AppNamespace(newChart(), 'shop', { labels: { team: 'Blue Team' } })).toThrow('chart/shop: label \'team\' cannot be \'Blue Team\'');
});
