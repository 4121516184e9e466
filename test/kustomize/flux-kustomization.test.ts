import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import { FluxKustomization, FluxKustomizationProps, KustomizationHealthCheck } from '../../src/kustomize';
import { existingOf } from '../../src/routing';
import { FluxGitSource, GitRef } from '../../src/source';

const WAIT_EXPR = "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True') && dep.metadata.generation == dep.status.observedGeneration";

function newChart(): Chart {
  return new Chart(new App(), 'chart', { namespace: 'shop' });
}

function add(scope: Chart, id: string, props: Partial<FluxKustomizationProps> = {}): FluxKustomization {
  return new FluxKustomization(scope, id, { source: FluxGitSource.fromGitRepositoryName(scope, `source of ${id}`, 'manifests'), ...props });
}

function specOf(kustomization: FluxKustomization): any {
  return kustomization.apiObject.toJson().spec;
}

test('a Kustomization in flux-system, named like its id', () => {
  const chart = newChart();
  const kustomization = add(chart, 'cart');
  expect([kustomization.kustomizationName, kustomization.kustomizationNamespace]).toEqual(['cart', 'flux-system']);
  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
    "kind": "Kustomization",
    "metadata": {
      "name": "cart",
      "namespace": "flux-system",
    },
    "spec": {
      "interval": "10m",
      "path": "./",
      "prune": true,
      "retryInterval": "1m",
      "sourceRef": {
        "kind": "GitRepository",
        "name": "manifests",
      },
      "timeout": "3m",
      "wait": true,
    },
  },
]
`);
});

test('a name and a namespace of its own', () => {
  const kustomization = add(newChart(), 'kustomization', { name: 'cart', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'x' } });
  expect([kustomization.kustomizationName, kustomization.kustomizationNamespace]).toEqual(['cart', 'shop']);
  expect(kustomization.apiObject.toJson().metadata).toEqual({ name: 'cart', namespace: 'shop', labels: { team: 'blue' }, annotations: { note: 'x' } });
});

test('an id that is no name, and no name given', () => {
  expect(() => add(newChart(), 'My Cart')).toThrow("chart/My Cart: 'My-Cart' cannot be the name of a Kustomization. Give a 'name' of lower-case letters");
});

test('one that is made elsewhere has a name', () => {
  expect(() => FluxKustomization.fromKustomizationName(newChart(), 'database', process.env.NO_SUCH_VARIABLE!)).toThrow(
    "chart/database: 'name' is missing. Give the name of the Kustomization.",
  );
});

describe('the source', () => {
  test('is told if it is missing', () => {
    expect(() => add(newChart(), 'cart', { source: undefined })).toThrow(
      "chart/cart: 'source' is missing. Give a FluxGitSource, or FluxGitSource.fromGitRepositoryName().",
    );
  });

  test('is named with its namespace only where that differs', () => {
    const chart = newChart();
    const source = new FluxGitSource(chart, 'source', { namespace: 'shop', url: 'https://git.example/x', ref: GitRef.branch('cart') });
    expect(specOf(add(chart, 'here', { source, namespace: 'shop' })).sourceRef).toEqual({ kind: 'GitRepository', name: 'cart' });
    const elsewhere = add(chart, 'elsewhere', { source });
    expect(specOf(elsewhere).sourceRef).toEqual({ kind: 'GitRepository', name: 'cart', namespace: 'shop' });
    expect(elsewhere.source).toBe(source);
  });

  test('can be of any kind', () => {
    const chart = newChart();
    const source = Object.assign(new Chart(chart, 'artifact'), {
      sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'OCIRepository', sourceName: 'cart', sourceNamespace: 'flux-system',
    });
    expect(specOf(add(chart, 'cart', { source })).sourceRef).toEqual({ kind: 'OCIRepository', name: 'cart' });
  });
});

describe('dependsOn', () => {
  test('names those that are given, then those that are added, with a namespace only where it differs', () => {
    const chart = newChart();
    const database = add(chart, 'database');
    const cache = FluxKustomization.fromKustomizationName(chart, 'cache', 'cache', 'data');
    const queue = FluxKustomization.fromKustomizationName(chart, 'queue', 'queue');
    const cart = add(chart, 'cart', { dependsOn: [database, cache] });
    cart.addDependsOn(queue, { readyExpr: WAIT_EXPR });
    expect(specOf(cart).dependsOn).toEqual([{ name: 'database' }, { name: 'cache', namespace: 'data' }, { name: 'queue', readyExpr: WAIT_EXPR }]);
    expect(specOf(database)).not.toHaveProperty('dependsOn');
  });

  test('holds what is added after the list was given, and leaves that list alone', () => {
    const chart = newChart();
    const dependsOn = [add(chart, 'database')];
    add(chart, 'cart', { dependsOn }).addDependsOn(add(chart, 'cache'));
    expect(dependsOn).toHaveLength(1);
  });

  test('refuses itself, by whatever object', () => {
    const chart = newChart();
    const cart = add(chart, 'cart');
    const message = 'chart/cart: Kustomization flux-system/cart: spec.dependsOn[0]: it depends on itself, and would wait for ever. Leave itself out of dependsOn'
      + ' [depends-on-itself: kustomize-controller, helm-controller].';
    expect(() => cart.addDependsOn(cart)).toThrow(message);
    expect(() => cart.addDependsOn(FluxKustomization.fromKustomizationName(chart, 'import', 'cart'))).toThrow(message);
    expect(() => add(chart, 'again', { name: 'cart', dependsOn: [cart] })).toThrow('chart/again: Kustomization flux-system/cart: spec.dependsOn[0]: it depends on itself');
    expect(() => cart.addDependsOn(FluxKustomization.fromKustomizationName(chart, 'namesake', 'cart', 'shop'))).not.toThrow();
    // What was refused is not there.
    expect(specOf(cart).dependsOn).toEqual([{ name: 'cart', namespace: 'shop' }]);
  });
});

test('an expression that waits for nothing is refused', () => {
  const chart = newChart();
  const database = add(chart, 'database');
  expect(() => add(chart, 'cart').addDependsOn(database, { readyExpr: "dep.metadata.labels['stage'] == 'ready'" })).toThrow(
    'chart/cart: Kustomization flux-system/cart: spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and looks at no status',
  );
});

describe('waiting', () => {
  const healthChecks = [KustomizationHealthCheck.forName('apps/v1', 'Deployment', 'cart', 'shop')];
  const healthCheckExprs = [{ apiVersion: 'example.org/v1', kind: 'Database', current: 'true' }];

  test.each<[string, Partial<FluxKustomizationProps>, boolean | undefined]>([
    ['by default it waits for everything', {}, true],
    ['no health check is none', { healthChecks: [] }, true],
    ['with health checks it waits for those', { healthChecks }, undefined],
    ['expressions alone go with waiting for everything', { healthCheckExprs }, true],
    ['not at all, if told so', { wait: false }, false],
    ['not for everything, if told so, but for health checks', { wait: false, healthChecks, healthCheckExprs }, false],
  ])('%s', (_, props, wait) => {
    expect(specOf(add(newChart(), 'cart', props)).wait).toBe(wait);
  });

  test('health checks that Flux would ignore are refused', () => {
    expect(() => add(newChart(), 'cart', { wait: true, healthChecks })).toThrow(
      "chart/cart: Kustomization flux-system/cart: spec.healthChecks: Flux ignores 'healthChecks' when 'wait' is true. Give one of the two [kustomization-health-checks-unread: kustomize-controller].",
    );
    expect(() => add(newChart(), 'cart', { wait: true, healthChecks: [] })).not.toThrow();
  });

  test.each([[undefined], [[]]])('expressions that would not count are refused (health checks: %j)', (none) => {
    expect(() => add(newChart(), 'cart', { wait: false, healthChecks: none, healthCheckExprs })).toThrow(
      "chart/cart: Kustomization flux-system/cart: spec.healthCheckExprs: they count only with 'wait' or 'healthChecks'. Give one of them [kustomization-health-checks-unread: kustomize-controller].",
    );
  });

  test('a health check takes kind, name and namespace from the object', () => {
    const chart = newChart();
    const object = new ApiObject(chart, 'deployment', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart', namespace: 'other' } });
    expect(KustomizationHealthCheck.forObject(object)._toSpec()).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', namespace: 'other' });
    const kustomization = add(chart, 'database');
    expect(KustomizationHealthCheck.forObject(kustomization)._toSpec()).toEqual({
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'database', namespace: 'flux-system',
    });
  });
});

describe('refused where it is given', () => {
  test.each<[string, Partial<FluxKustomizationProps>, string]>([
    ['an interval that cannot be written', { interval: Duration.millis(0.5) }, "'interval': a duration of 0.5 ms is not a whole number of milliseconds. Give whole milliseconds."],
    ['a retry interval that cannot be written', { retryInterval: Duration.millis(0.5) }, "'retryInterval': a duration of 0.5 ms"],
    ['a timeout that cannot be written', { timeout: Duration.millis(0.5) }, "'timeout': a duration of 0.5 ms"],
    ['a target namespace that is none', { targetNamespace: 'Shop' }, "spec.targetNamespace: 'Shop' is no namespace. Give lower-case letters, digits and hyphens [reconciler-namespace-name: the API server]."],
    ['a Secret without SOPS keys', { decryption: { secret: FluxSecret.basicAuth('s') } }, "Flux does not read basic authentication from 'decryption.secret' (Secret 's'). Give a FluxSecret for SOPS keys, or FluxSecret.fromSecretName()"],
    ['a Secret without a kubeconfig', { kubeConfig: FluxKubeConfig.fromSecret(FluxSecret.ssh('s')) }, "Flux does not read SSH from 'kubeConfig.secret' (Secret 's'). Give a FluxSecret for kubeconfig, or FluxSecret.fromSecretName()"],
  ])('%s', (_, props, message) => {
    expect(() => add(newChart(), 'cart', props)).toThrow(`chart/cart: ${message}`);
  });

  test.each([1, 200])('prefix and suffix of %d characters, and a Secret by name, are not', (length) => {
    const text = 'x'.repeat(length);
    expect(specOf(add(newChart(), 'cart', { namePrefix: text, nameSuffix: text, decryption: { secret: FluxSecret.fromSecretName('s') } }))).toMatchObject({
      namePrefix: text, nameSuffix: text, decryption: { provider: 'sops', secretRef: { name: 's' } },
    });
  });

  test.each(['1a', 'a-b', 'a.b', '', 'ä', 'a b'])('%j as a variable', (name) => {
    expect(() => add(newChart(), 'cart', { postBuild: { substitute: { fine: 'x', [name]: 'x' } } })).toThrow(
      `chart/cart: Kustomization flux-system/cart: spec.postBuild.substitute: '${name}' is no variable of postBuild. Use letters, digits and _, no digit first [kustomization-health-checks-unread: kustomize-controller].`,
    );
  });

  test.each(['a', '_', '_1', 'Zone_1', 'ZONE'])('%j as a variable is not', (name) => {
    expect(specOf(add(newChart(), 'cart', { postBuild: { substitute: { [name]: 'x' } } })).postBuild).toEqual({ substitute: { [name]: 'x' } });
  });
});

test('a patch reaches every field', () => {
  const kustomization = add(newChart(), 'cart');
  expect(ApiObject.of(kustomization)).toBe(kustomization.apiObject);
  ApiObject.of(kustomization).addJsonPatch(JsonPatch.replace('/spec/path', './patched'), JsonPatch.remove('/spec/timeout'));
  expect(specOf(kustomization)).toMatchObject({ path: './patched' });
  expect(specOf(kustomization)).not.toHaveProperty('timeout');
});

test('one that is made elsewhere renders nothing and is in flux-system unless told otherwise', () => {
  const chart = newChart();
  expect(FluxKustomization.fromKustomizationName(chart, 'a', 'cart')).toMatchObject({ kustomizationName: 'cart', kustomizationNamespace: 'flux-system' });
  expect(FluxKustomization.fromKustomizationName(chart, 'b', 'cart', 'shop')).toMatchObject({ kustomizationName: 'cart', kustomizationNamespace: 'shop' });
  expect(Testing.synth(chart)).toEqual([]);
});

test('one that is made elsewhere counts as there', () => {
  const database = FluxKustomization.fromKustomizationName(newChart(), 'database', 'database', 'data');
  expect(existingOf(database)).toEqual({ group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', name: 'database', namespace: 'data' });
});
