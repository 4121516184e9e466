import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { newShop } from './support';
import { FluxGitSource, GitRef } from '../../src/source';
import { complaintsOf, configMap, MANIFESTS, newApp, synth } from '../delivery/support';

const TWICE = "Make it in one place, or give one of the two another name [applied-twice: kustomize-controller: the last one that applies it owns it, and deletes it when it leaves that one's source].";

const cart = { kind: 'ConfigMap', metadata: { name: 'cart', namespace: 'shop' } };

describe('two objects of one kind, namespace and name in one directory', () => {
  test('are refused, and both are named', () => {
    const { app, deliver } = newShop();
    const [one, other] = [deliver(cart), deliver(cart)];
    expect(complaintsOf(app)).toEqual([`${other.node.path}: ConfigMap shop/cart: metadata.name: it is made at '${one.node.path}' too. ${TWICE}`]);
  });

  test('are refused in two versions of one API group', () => {
    const { app, deliver } = newShop();
    deliver({ apiVersion: 'autoscaling/v1', kind: 'HorizontalPodAutoscaler', metadata: cart.metadata });
    deliver({ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: cart.metadata });
    expect(complaintsOf(app)).toEqual([expect.stringContaining('HorizontalPodAutoscaler shop/cart: metadata.name: it is made at')]);
  });

  test.each<[string, any]>([
    ['name', { ...cart, metadata: { name: 'other', namespace: 'shop' } }],
    ['namespace', { ...cart, metadata: { name: 'cart', namespace: 'other' } }],
    ['namespace and name, though not in what both make in a row', { ...cart, metadata: { name: 'pcart', namespace: 'sho' } }],
    ['kind', { ...cart, kind: 'Service' }],
    ['API group', { ...cart, apiVersion: 'example.org/v1' }],
  ])('are taken if they differ in %s', (_, other) => {
    const { app, deliver } = newShop();
    deliver(cart);
    deliver(other);
    expect(() => synth(app)).not.toThrow();
  });

  test('are refused in a List', () => {
    const { app, deliver } = newShop();
    const one = deliver(cart);
    const list = deliver({ kind: 'List', items: [{ apiVersion: 'v1', kind: 'Service', metadata: cart.metadata }, { apiVersion: 'v1', ...cart }] });
    expect(complaintsOf(app)).toEqual([`${list.node.path}: ConfigMap shop/cart: metadata.name: it is made at '${one.node.path}' too. ${TWICE}`]);
  });

  test('are refused where a targetNamespace would put them into one namespace', () => {
    const { app, deliver } = newShop({ targetNamespace: 'shop' });
    const one = deliver({ ...cart, metadata: { name: 'cart', namespace: 'one' } });
    const other = deliver({ ...cart, metadata: { name: 'cart', namespace: 'two' } });
    expect(complaintsOf(app)).toEqual([`${other.node.path}: ConfigMap two/cart: metadata.name: it is made at '${one.node.path}' too. ${TWICE}`]);
  });

  test('are refused in the directory of a cluster', () => {
    const { app, chart, configure } = newShop();
    const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart'), namespace: 'shop' });
    const object = configure({
      apiVersion: 'source.toolkit.fluxcd.io/v1beta2', kind: 'GitRepository', metadata: { name: 'cart', namespace: 'shop' },
    });
    expect(complaintsOf(app)).toEqual([
      `${object.node.path}: its file 'apps/production/shop/gitrepository-cart.shop.k8s.yaml' is that of '${source.apiObject.node.path}' too. Give one of the two another id or name.`,
    ]);
  });
});

test('two hand-made Flux objects that go to the cluster by themselves are refused', () => {
  const { app, chart } = newShop();
  ['a', 'b'].forEach((id) => new FluxGitSource(chart, id, { url: MANIFESTS, ref: GitRef.branch('search') }));
  expect(complaintsOf(app)).toEqual([
    "shop/b/Resource: its file 'apps/production/shop/gitrepository-search.k8s.yaml' is that of 'shop/a/Resource' too. Give one of the two another id or name.",
  ]);
});

test('two branches, and a branch and what is not delivered, may hold objects of one name', () => {
  const { app, chart, deliver } = newShop();
  deliver(cart);
  new ApiObject(chart, 'left', { apiVersion: 'v1', ...cart });
  new ApiObject(chart, 'left-too', { apiVersion: 'v1', ...cart });
  expect(() => synth(app)).not.toThrow();
});

describe('Flux objects that are not delivered', () => {
  const source = (scope: Construct, id: string, namespace?: string) => (
    new FluxGitSource(scope, id, { url: MANIFESTS, ref: GitRef.branch('cart'), namespace })
  );

  test('are refused in one namespace and one chart', () => {
    const app = newApp();
    const chart = new Chart(app, 'chart');
    [source(chart, 'a'), source(chart, 'b')];
    expect(complaintsOf(app)).toEqual([`chart/b/Resource: GitRepository flux-system/cart: metadata.name: it is made at 'chart/a/Resource' too. ${TWICE}`]);
  });

  test('are taken in two namespaces', () => {
    const app = newApp();
    ['one', 'two'].forEach((namespace) => source(new Chart(app, namespace), 'source', namespace));
    expect(Object.keys(synth(app))).toEqual(['one.k8s.yaml', 'two.k8s.yaml']);
  });

  test('are taken in two charts, for each may be applied to another cluster', () => {
    const app = newApp();
    ['staging', 'production'].forEach((id) => source(new Chart(app, id), 'source'));
    expect(Object.keys(synth(app))).toEqual(['production.k8s.yaml', 'staging.k8s.yaml']);
  });
});

test('other objects that are not delivered are left to cdk8s', () => {
  const app = newApp();
  ['a', 'b'].forEach((id) => configMap(new Chart(app, id), 'map', 'shop'));
  expect(() => synth(app)).not.toThrow();
});
