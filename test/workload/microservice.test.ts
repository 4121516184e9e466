import { ApiObject, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { emptyFields, IMAGE, newChart, only, options, podSpec, rendered, restrictedProblems, serviceName } from './support';
import { Delivery } from '../../src/delivery';
import { Microservice, MicroserviceOptions } from '../../src/workload';

/** A chart with one service in it. */
function chartWith(given: MicroserviceOptions = {}) {
  const chart = newChart();
  new Microservice(chart, 'shop', { image: IMAGE, port: 8080, ...given });
  return chart;
}

/** The main container that options render. */
function container(given: MicroserviceOptions = {}): any {
  return podSpec(chartWith(given)).containers[0];
}

describe('by default', () => {
  test('a Deployment and a Service, and nothing in them without a meaning', () => {
    const chart = newChart();
    new Microservice(chart, 'shop', { image: IMAGE, port: 8080 });
    expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "apps/v1",
    "kind": "Deployment",
    "metadata": {
      "labels": {
        "app.kubernetes.io/name": "shop",
      },
      "name": "shop",
      "namespace": "nodezoo",
    },
    "spec": {
      "replicas": 1,
      "selector": {
        "matchLabels": {
          "app.kubernetes.io/name": "shop",
        },
      },
      "template": {
        "metadata": {
          "labels": {
            "app.kubernetes.io/name": "shop",
          },
        },
        "spec": {
          "automountServiceAccountToken": false,
          "containers": [
            {
              "image": "nodezoo/nodezoo-npm-service:1.0.0",
              "livenessProbe": {
                "failureThreshold": 6,
                "tcpSocket": {
                  "port": 8080,
                },
              },
              "name": "shop",
              "ports": [
                {
                  "containerPort": 8080,
                  "name": "http",
                },
              ],
              "readinessProbe": {
                "tcpSocket": {
                  "port": 8080,
                },
              },
              "resources": {
                "limits": {
                  "memory": "256Mi",
                },
                "requests": {
                  "cpu": "100m",
                  "memory": "256Mi",
                },
              },
              "securityContext": {
                "allowPrivilegeEscalation": false,
                "capabilities": {
                  "drop": [
                    "ALL",
                  ],
                },
                "readOnlyRootFilesystem": true,
              },
            },
          ],
          "securityContext": {
            "fsGroup": 65532,
            "runAsGroup": 65532,
            "runAsNonRoot": true,
            "runAsUser": 65532,
            "seccompProfile": {
              "type": "RuntimeDefault",
            },
          },
        },
      },
    },
  },
  {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {
      "labels": {
        "app.kubernetes.io/name": "shop",
      },
      "name": "shop",
      "namespace": "nodezoo",
    },
    "spec": {
      "ports": [
        {
          "name": "http",
          "port": 8080,
          "targetPort": 8080,
        },
      ],
      "selector": {
        "app.kubernetes.io/name": "shop",
      },
    },
  },
]
`);
  });

  test('the Deployment is the default child', () => {
    const chart = newChart();
    const service = new Microservice(chart, 'shop', { image: IMAGE, port: 8080 });
    expect(ApiObject.of(service)).toBe(ApiObject.of(service.deployment));
    expect(service.node.defaultChild).toBe(ApiObject.of(service.deployment));
  });

  test('a second synth renders the same', () => {
    const chart = chartWith({ writablePaths: ['/tmp'], probePath: '/healthz' });
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });
});

describe('whatever the options', () => {
  test('restricted pods, equal selectors, no field that says nothing', () => {
    fc.assert(fc.property(serviceName, options, fc.integer({ min: 1, max: 65535 }), (id, make, port) => {
      const chart = newChart();
      new Microservice(chart, id, { image: IMAGE, port, ...make(new Construct(chart, 'given')) });
      const deployment = only(chart, 'Deployment');
      const service = only(chart, 'Service');
      expect([deployment.metadata.name, service.metadata.name]).toEqual([id, id]);
      expect(deployment.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': id } });
      expect(service.spec.selector).toEqual(deployment.spec.selector.matchLabels);
      expect(deployment.spec.template.metadata.labels).toMatchObject(service.spec.selector);
      expect(service.spec.ports[0].targetPort).toBe(port);
      expect(restrictedProblems(deployment.spec.template.spec)).toEqual([]);
      expect(emptyFields([deployment, service])).toEqual([]);
    }));
  });
});

describe('options', () => {
  test('delivery: delivers the construct, once it is complete', () => {
    const delivered: any[] = [];
    const delivery = { deliver: (...constructs: any[]) => delivered.push(...constructs.map((one) => [one, one.service])) };
    const service = new Microservice(newChart(), 'shop', { image: IMAGE, port: 8080, delivery: delivery as unknown as Delivery });
    expect(delivered).toEqual([[service, service.service]]);
  });

  test('namespace: of both objects', () => {
    expect(Testing.synth(chartWith({ namespace: 'other' })).map((object) => object.metadata.namespace)).toEqual(['other', 'other']);
  });

  test('replicas', () => {
    expect(only(chartWith({ replicas: 3 }), 'Deployment').spec.replicas).toBe(3);
    expect(only(chartWith({ replicas: 0 }), 'Deployment').spec.replicas).toBe(0);
  });

  test('env: values, from a Secret, from a ConfigMap; in the order given', () => {
    const scope = newChart();
    const secret = kplus.Secret.fromSecretName(scope, 'secret', 'database');
    const config = kplus.ConfigMap.fromConfigMapName(scope, 'config', 'settings');
    expect(container({
      env: {
        ZONE: kplus.EnvValue.fromValue('a'),
        EMPTY: kplus.EnvValue.fromValue(''),
        PASSWORD: kplus.EnvValue.fromSecretValue({ secret, key: 'password' }),
        LEVEL: kplus.EnvValue.fromConfigMap(config, 'level'),
      },
    }).env).toEqual([
      { name: 'ZONE', value: 'a' },
      { name: 'EMPTY', value: '' },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'database', key: 'password' } } },
      { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'settings', key: 'level' } } },
    ]);
  });

  test('env: services do not share the map that they were given', () => {
    const chart = newChart();
    const env = { ZONE: kplus.EnvValue.fromValue('a') };
    const [one, two] = ['one', 'two'].map((id) => new Microservice(chart, id, { image: IMAGE, port: 8080, env }));
    one.deployment.containers[0].env.addVariable('ONLY_ONE', kplus.EnvValue.fromValue('1'));
    expect(Object.keys(two.deployment.containers[0].env.variables)).toEqual(['ZONE']);
  });

  test('imagePullSecrets: several, each once', () => {
    const scope = newChart();
    const imagePullSecrets = ['one', 'two', 'one'].map((name, i) => kplus.Secret.fromSecretName(scope, `${i}`, name));
    expect(podSpec(chartWith({ imagePullSecrets })).imagePullSecrets).toEqual([{ name: 'one' }, { name: 'two' }]);
  });

  test('serviceAccount and its token', () => {
    const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(newChart(), 'account', 'shopkeeper');
    expect(podSpec(chartWith({ serviceAccount }))).toMatchObject({ serviceAccountName: 'shopkeeper', automountServiceAccountToken: false });
    expect(podSpec(chartWith({ automountServiceAccountToken: true })).automountServiceAccountToken).toBe(true);
  });

  test('servicePort', () => {
    expect(only(chartWith({ servicePort: 80 }), 'Service').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 8080 }]);
  });

  test('probePath: both probes ask it', () => {
    const { readinessProbe, livenessProbe } = container({ probePath: '/healthz' });
    expect(readinessProbe).toEqual({ httpGet: { path: '/healthz', port: 8080 } });
    expect(livenessProbe).toEqual({ httpGet: { path: '/healthz', port: 8080 }, failureThreshold: 6 });
  });

  test('readiness and liveness: each alone, and a probe without a port asks the container\'s', () => {
    const probe = kplus.Probe.fromHttpGet('/ready', { scheme: kplus.ConnectionScheme.HTTPS, failureThreshold: 1 });
    const own = { httpGet: { path: '/ready', port: 8080, scheme: 'HTTPS' }, failureThreshold: 1 };
    const tcpSocket = { port: 8080 };
    expect(container({ readiness: probe })).toMatchObject({ readinessProbe: own, livenessProbe: { tcpSocket } });
    expect(container({ liveness: probe })).toMatchObject({ livenessProbe: own, readinessProbe: { tcpSocket } });
  });

  test('resources: what is given of one kind replaces its default, and leaves the other\'s', () => {
    expect(container({ resources: { memory: { request: Size.gibibytes(1) } } }).resources).toEqual({
      requests: { cpu: '100m', memory: '1024Mi' },
    });
    expect(container({ resources: { cpu: undefined, memory: undefined } }).resources).toEqual(container({}).resources);
    expect(container({ resources: { cpu: { limit: kplus.Cpu.units(1) }, memory: {} } }).resources).toEqual({ limits: { cpu: '1' } });
  });

  test('labels: of the objects and the pods, not of the selector; a chart\'s labels only of the objects', () => {
    const chart = newChart({ labels: { 'example.com/chart': 'x', 'app.kubernetes.io/name': 'chart' } });
    new Microservice(chart, 'shop', { image: IMAGE, port: 8080, labels: { team: 'blue', empty: '' } });
    const deployment = only(chart, 'Deployment');
    const own = { 'app.kubernetes.io/name': 'shop', 'team': 'blue', 'empty': '' };
    expect(deployment.metadata.labels).toEqual({ ...own, 'example.com/chart': 'x' });
    expect(only(chart, 'Service').metadata.labels).toEqual({ ...own, 'example.com/chart': 'x' });
    expect(deployment.spec.template.metadata.labels).toEqual(own);
    expect(deployment.spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'shop' } });
  });

  test('annotations: of the objects, not of the pods', () => {
    const chart = chartWith({ annotations: { 'example.com/owner': 'Blue Team' } });
    expect(Testing.synth(chart).map((object) => object.metadata.annotations)).toEqual(Array(2).fill({ 'example.com/owner': 'Blue Team' }));
    expect(only(chart, 'Deployment').spec.template.metadata.annotations).toBeUndefined();
  });

  test('userId: user, group and group of the volumes', () => {
    expect(podSpec(chartWith({ userId: 1000 })).securityContext).toMatchObject({ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 });
  });

  test('imagePullPolicy', () => {
    expect(container({ imagePullPolicy: kplus.ImagePullPolicy.ALWAYS }).imagePullPolicy).toBe('Always');
    expect(container({ imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT }).imagePullPolicy).toBe('IfNotPresent');
  });

  test('command and args', () => {
    expect(container({ command: ['node'], args: ['server.js'] })).toMatchObject({ command: ['node'], args: ['server.js'] });
    expect(Object.keys(container({ command: [], args: [] }))).toEqual(Object.keys(container()));
  });
});

test('the whole chart may be without a namespace', () => {
  const chart = newChart({});
  new Microservice(chart, 'shop', { image: IMAGE, port: 8080 });
  expect(rendered(chart, 'Service')[0].metadata).toEqual({ name: 'shop', labels: { 'app.kubernetes.io/name': 'shop' } });
});
