import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { emptyFields, IMAGE, newChart, only, podSpec, rendered, restrictedProblems } from './support';
import { Microservice, MicroserviceOptions } from '../../src/workload';

function shop(chart: Chart, options: MicroserviceOptions = {}): Microservice {
  return new Microservice(chart, 'shop', { image: IMAGE, port: 8080, ...options });
}

describe('an autoscaler', () => {
  test.each([undefined, 1, 3])('takes over from replicas: %p', (replicas) => {
    const chart = newChart();
    const service = shop(chart, { replicas });
    expect(only(chart, 'Deployment').spec.replicas).toBe(replicas ?? 1);
    new kplus.HorizontalPodAutoscaler(service, 'autoscaler', { target: service.deployment, maxReplicas: 9 });
    expect(only(chart, 'Deployment').spec).not.toHaveProperty('replicas');
    expect(only(chart, 'HorizontalPodAutoscaler').spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' });
  });

  test('that cdk8s-plus does not know takes over too', () => {
    const chart = newChart();
    shop(chart).deployment.markHasAutoscaler();
    expect(only(chart, 'Deployment').spec).not.toHaveProperty('replicas');
  });
});

describe('an Ingress', () => {
  test('leads to the Service that is there, by its name and in its namespace', () => {
    const chart = newChart();
    const { deployment } = shop(chart, { namespace: 'other', servicePort: 80 });
    deployment.exposeViaIngress('/shop');
    expect(only(chart, 'Service').metadata.name).toBe('shop');
    expect(only(chart, 'Ingress')).toMatchObject({
      metadata: { name: 'shop', namespace: 'other' },
      spec: { rules: [{ http: { paths: [{ path: '/shop', pathType: 'Prefix', backend: { service: { name: 'shop', port: { number: 80 } } } }] } }] },
    });
  });

  test('takes further paths, and may be the user\'s own', () => {
    const chart = newChart();
    const { deployment, service } = shop(chart);
    deployment.exposeViaIngress('/a');
    service.exposeViaIngress('/b', { pathType: kplus.HttpIngressPathType.EXACT });
    const ingress = new kplus.Ingress(chart, 'own', { metadata: { name: 'own' } });
    deployment.exposeViaIngress('/c', { ingress });
    const paths = (object: any) => object.spec.rules[0].http.paths.map(({ path, pathType }: any) => [path, pathType]);
    expect(rendered(chart, 'Ingress').map(paths)).toEqual([[['/a', 'Prefix'], ['/b', 'Exact']], [['/c', 'Prefix']]]);
  });
});

describe('a second Service', () => {
  test('is made where one is asked for', () => {
    const chart = newChart();
    const { deployment, service } = shop(chart, { namespace: 'other' });
    expect(deployment.exposeViaService()).toBe(service);
    deployment.exposeViaService({ name: 'public', serviceType: kplus.ServiceType.LOAD_BALANCER });
    const second = rendered(chart, 'Service').find((object) => object.metadata.name === 'public');
    expect(second.metadata.namespace).toBe('other');
    expect(second.spec).toEqual({
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/name': 'shop' },
      ports: [{ name: 'http', port: 8080, targetPort: 8080 }],
    });
  });

  test('has the ports given, if a container has them and several have names', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    deployment.containers[0].addPort({ number: 9090 });
    const expose = (ports?: kplus.ServicePort[]) => deployment.exposeViaService({ name: 'second', ports });
    expect(() => expose([{ port: 80 }])).toThrow('chart/shop/Deployment: port 80 is no container\'s');
    expect(() => expose()).toThrow('chart/shop/Deployment: port 9090 has no name, and a Service with several ports needs them. Name it.');
    expect(expose([{ port: 80, targetPort: 9090 }]).ports).toEqual([{ port: 80, targetPort: 9090 }]);
  });
});

test('a second port of container and Service', () => {
  const chart = newChart();
  const { deployment, service } = shop(chart);
  deployment.containers[0].addPort({ name: 'metrics', number: 9090 });
  service.bind(9090, { name: 'metrics' });
  expect(podSpec(chart).containers[0].ports).toEqual([{ containerPort: 8080, name: 'http' }, { containerPort: 9090, name: 'metrics' }]);
  expect(only(chart, 'Service').spec.ports).toEqual([{ port: 8080, targetPort: 8080, name: 'http' }, { port: 9090, name: 'metrics' }]);
});

describe('further containers', () => {
  test('get the defaults of the first, not those of cdk8s-plus', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    deployment.addContainer({ name: 'proxy', image: 'proxy:1', portNumber: 9090 });
    deployment.addInitContainer({ name: 'migrate', image: 'migrate:1' });
    const { containers: [, proxy], initContainers: [migrate] } = podSpec(chart);
    expect(proxy).toMatchInlineSnapshot(`
{
  "image": "proxy:1",
  "name": "proxy",
  "ports": [
    {
      "containerPort": 9090,
    },
  ],
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
}
`);
    expect(migrate).toEqual({ ...proxy, name: 'migrate', image: 'migrate:1', ports: undefined });
    expect(restrictedProblems(podSpec(chart))).toEqual([]);
    expect(emptyFields(podSpec(chart))).toEqual([]);
  });

  test('keep what they say themselves', () => {
    const chart = newChart();
    const { deployment } = shop(chart);
    deployment.addContainer({
      name: 'proxy',
      image: 'proxy:1',
      imagePullPolicy: kplus.ImagePullPolicy.ALWAYS,
      startup: kplus.Probe.fromCommand(['true'], { failureThreshold: 9 }),
      resources: { cpu: { request: kplus.Cpu.units(2) } },
      securityContext: { ensureNonRoot: false, readOnlyRootFilesystem: false, user: 7, capabilities: { add: [kplus.Capability.CHOWN] } },
    });
    expect(podSpec(chart).containers[1]).toMatchObject({
      imagePullPolicy: 'Always',
      startupProbe: { exec: { command: ['true'] }, failureThreshold: 9 },
      resources: { requests: { cpu: '2', memory: '256Mi' } },
      securityContext: { runAsNonRoot: false, readOnlyRootFilesystem: false, runAsUser: 7, capabilities: { add: ['CAP_CHOWN'], drop: ['ALL'] } },
    });
  });

  test('made elsewhere and attached keep all, and are still admitted', () => {
    const chart = newChart();
    shop(chart).deployment.attachContainer(new kplus.Container({ name: 'proxy', image: 'proxy:1', portNumber: 9090 }));
    expect(podSpec(chart).containers[1]).toMatchObject({ imagePullPolicy: 'Always', startupProbe: { tcpSocket: { port: 9090 } } });
    expect(restrictedProblems(podSpec(chart))).toEqual([]);
  });
});

test('volumes, from a Secret here, and host aliases', () => {
  const chart = newChart();
  const { deployment } = shop(chart, { writablePaths: ['/tmp'] });
  const secret = kplus.Secret.fromSecretName(chart, 'secret', 'certificate');
  deployment.containers[0].mount('/etc/tls', kplus.Volume.fromSecret(chart, 'volume', secret), { readOnly: true });
  deployment.addVolume(kplus.Volume.fromEmptyDir(chart, 'cache', 'cache', { medium: kplus.EmptyDirMedium.MEMORY }));
  deployment.addHostAlias({ ip: '10.0.0.1', hostnames: ['registry'] });
  const pod = podSpec(chart);
  expect(pod.volumes).toEqual([
    { name: 'writable-tmp', emptyDir: {} },
    { name: 'secret-certificate', secret: { secretName: 'certificate' } },
    { name: 'cache', emptyDir: { medium: 'Memory' } },
  ]);
  expect(pod.containers[0].volumeMounts[1]).toEqual({ name: 'secret-certificate', mountPath: '/etc/tls', readOnly: true });
  expect(pod.hostAliases).toEqual([{ ip: '10.0.0.1', hostnames: ['registry'] }]);
});

describe('patches', () => {
  test('reach what stock loses: quantities, ports, fields younger than its API', () => {
    const chart = newChart();
    const service = shop(chart);
    ApiObject.of(service).addJsonPatch(
      JsonPatch.replace('/spec/template/spec/containers/0/resources/limits/memory', '1Gi'),
      JsonPatch.replace('/spec/template/spec/containers/0/readinessProbe/tcpSocket/port', 'http'),
      JsonPatch.add('/spec/template/spec/containers/0/fieldOfTomorrow', { deep: [1] }),
    );
    ApiObject.of(service.service).addJsonPatch(
      JsonPatch.replace('/spec/ports/0/targetPort', 'http'),
      JsonPatch.add('/spec/trafficDistribution', 'PreferClose'),
      JsonPatch.add('/spec/clusterIP', 'None'),
    );
    expect(podSpec(chart).containers[0]).toMatchObject({
      resources: { limits: { memory: '1Gi' }, requests: { memory: '256Mi' } },
      readinessProbe: { tcpSocket: { port: 'http' } },
      fieldOfTomorrow: { deep: [1] },
    });
    expect(only(chart, 'Service').spec).toMatchObject({ ports: [{ targetPort: 'http' }], trafficDistribution: 'PreferClose', clusterIP: 'None' });
  });

  test('may say what is left out as noise, and take away what is a default here', () => {
    const chart = newChart();
    ApiObject.of(shop(chart)).addJsonPatch(
      JsonPatch.add('/spec/template/spec/hostNetwork', false),
      JsonPatch.replace('/spec/template/spec/terminationGracePeriodSeconds', 30),
      JsonPatch.add('/spec/strategy', { type: 'Recreate' }),
      JsonPatch.remove('/spec/template/spec/securityContext/seccompProfile'),
    );
    const { strategy, template } = only(chart, 'Deployment').spec;
    expect(strategy).toEqual({ type: 'Recreate' });
    expect(template.spec).toMatchObject({ hostNetwork: false, terminationGracePeriodSeconds: 30 });
    expect(template.spec.securityContext).not.toHaveProperty('seccompProfile');
  });

  test('metadata of the objects', () => {
    const chart = newChart();
    const { deployment, service } = shop(chart);
    deployment.metadata.addAnnotation('example.com/owner', 'blue');
    service.metadata.addLabel('example.com/public', 'no');
    expect(only(chart, 'Deployment').metadata.annotations).toEqual({ 'example.com/owner': 'blue' });
    expect(only(chart, 'Service').metadata.labels).toMatchObject({ 'example.com/public': 'no' });
  });
});
