import { ApiObject, JsonPatch } from 'cdk8s';
import { newShop } from './support';
import { complaintsOf, synth } from '../delivery/support';

const PROBLEM = 'metadata.namespace: it has no namespace, and Flux would fail to apply it. '
  + 'Give the chart or the object a namespace, or the Kustomization a targetNamespace '
  + '[no-namespace: kustomize-controller: it applies nothing without a namespace, and fails].';

describe('an object without a namespace', () => {
  test.each([
    ['v1', 'ConfigMap'],
    ['v1', 'Service'],
    ['v1', 'PersistentVolumeClaim'],
    ['apps/v1', 'Deployment'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler'],
    ['batch/v1', 'CronJob'],
    ['policy/v1', 'PodDisruptionBudget'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['image.toolkit.fluxcd.io/v1', 'ImagePolicy'],
    ['notification.toolkit.fluxcd.io/v1beta3', 'Alert'],
    ['source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator'],
  ])('is refused: %s %s', (apiVersion, kind) => {
    const { app, deliver } = newShop();
    const object = deliver({ apiVersion, kind, metadata: { name: 'cart' } });
    expect(complaintsOf(app)).toContain(`${object.node.path}: ${kind} cart: ${PROBLEM}`);
  });

  test.each([
    ['v1', 'Node'],
    ['v1', 'PersistentVolume'],
    ['v1', 'ComponentStatus'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['networking.k8s.io/v1', 'ServiceCIDR'],
    ['networking.k8s.io/v1', 'IPAddress'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ])('is taken if its kind has none: %s %s', (apiVersion, kind) => {
    const { app, deliver } = newShop();
    deliver({ apiVersion, kind, metadata: { name: 'cart' } });
    expect(() => synth(app)).not.toThrow();
  });

  test.each([
    ['example.org/v1', 'Database'],
    ['example.org/v1', 'ConfigMap'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['storage.k8s.io/v1', 'StorageClass'],
  ])('is taken if nobody here knows its kind: %s %s', (apiVersion, kind) => {
    const { app, deliver } = newShop();
    deliver({ apiVersion, kind, metadata: { name: 'cart' } });
    expect(() => synth(app)).not.toThrow();
  });

  test('is taken if the delivery has a targetNamespace, or its chart a namespace', () => {
    for (const { app, deliver } of [newShop({ targetNamespace: 'shop' }), newShop({}, 'shop')]) {
      deliver({ kind: 'ConfigMap', metadata: { name: 'cart' } });
      expect(() => synth(app)).not.toThrow();
    }
  });

  test('is judged as it is written: a patch can give it one, and take it away', () => {
    const { app, deliver } = newShop();
    deliver({ kind: 'ConfigMap', metadata: { name: 'a' } }).addJsonPatch(JsonPatch.add('/metadata/namespace', 'shop'));
    deliver({ kind: 'ConfigMap', metadata: { name: 'b', namespace: 'shop' } }).addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    expect(complaintsOf(app)).toEqual([expect.stringContaining('ConfigMap b: metadata.namespace: it has no namespace')]);
  });

  test('is refused among the Flux objects of a cluster', () => {
    const { app, configure } = newShop();
    configure({ kind: 'ConfigMap', metadata: { name: 'settings' } });
    expect(complaintsOf(app)).toEqual([expect.stringContaining('ConfigMap settings: metadata.namespace: it has no namespace')]);
  });

  test('is nobody\'s business if it is not delivered', () => {
    const { app, chart } = newShop();
    new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap' });
    expect(Object.keys(synth(app))).toContain('shop.k8s.yaml');
  });
});

describe('an object in a List', () => {
  const item = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cart' } };

  test.each([
    ['a List', { kind: 'List', items: [{ ...item, metadata: { name: 'other', namespace: 'shop' } }, item] }],
    ['a list of its kind', { kind: 'ConfigMapList', items: [item] }],
    ['a List in a List', { kind: 'List', items: [{ apiVersion: 'v1', kind: 'List', items: [item] }] }],
    ['a List with a namespace, which says nothing of its items', { kind: 'List', metadata: { namespace: 'shop' }, items: [item] }],
  ])('needs a namespace: %s', (_, list) => {
    const { app, deliver } = newShop();
    const object = deliver(list);
    expect(complaintsOf(app)).toEqual([`${object.node.path}: ConfigMap cart: ${PROBLEM}`]);
  });

  test('needs none more than itself: the List may go without', () => {
    const { app, deliver } = newShop();
    deliver({ kind: 'List', items: [{ ...item, metadata: { name: 'cart', namespace: 'shop' } }, { apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: 'disk' } }] });
    deliver({ kind: 'List', items: [] });
    expect(() => synth(app)).not.toThrow();
  });

  test('is no Namespace in a branch', () => {
    const { app, deliver } = newShop();
    deliver({ kind: 'List', items: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] });
    expect(complaintsOf(app)).toEqual([expect.stringContaining("Namespace shop would be applied from branch 'cart'")]);
  });
});

describe('a Namespace', () => {
  const manifest = { kind: 'Namespace', metadata: { name: 'shop' } };

  test.each([
    ['without target namespace', {}],
    ['with target namespace', { targetNamespace: 'shop' }],
  ])('in a branch is refused (%s)', (_, options) => {
    const { app, deliver } = newShop(options);
    const object = deliver(manifest);
    expect(complaintsOf(app)).toEqual([
      `${object.node.path}: Namespace shop would be applied from branch 'cart', and deleted with all that is in it when it leaves that branch. `
      + 'Make it with AppNamespace, outside of what is delivered: it goes with the Flux objects.',
    ]);
  });

  test('goes with the Flux objects of a cluster', () => {
    const { app, configure } = newShop();
    configure(manifest);
    expect(Object.keys(synth(app))).toContain('flux/main/apps/production/shop/namespace-shop.k8s.yaml');
  });

  test('of another API group is an object like any other', () => {
    const { app, deliver } = newShop();
    deliver({ ...manifest, apiVersion: 'example.org/v1' });
    expect(() => synth(app)).not.toThrow();
  });
});
