import { deepEqual, equal, match } from 'node:assert/strict';
import { ApiObject } from 'cdk8s';
import { Cluster } from '../cluster';
import { Scenario } from '../scenario';
import { until } from '../until';
import { Composition } from '../world';
import { FluxImagePolicy, NodezooService } from 'cdk8s-fluxcd';

const NAME = 'automation-web';
const FILE = `${NAME}.k8s.yaml`;
const IMAGE = `nodezoo/${NAME}`;
const POLICY = { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy', metadata: { name: 'web', namespace: 'automation' } };
/** Texts that YAML can say in more than one way. */
const DATA = {
  lines: 'first\nsecond\n\n  indented\n',
  tabs: 'a:\n\tb\n',
  quotes: '"double" and \'single\'',
  colon: 'key: value # no comment',
  number: '012',
  word: 'on',
  spaces: ' around ',
  long: `${'a long line of words '.repeat(20)}end`,
  unicode: 'Straße, 日本, \u00a0',
  empty: '',
  true: 'y',
};

/** What the app renders. */
const composed = (version: string, replicas: number) => ({ chart, manifests }: Composition): void => {
  const { name, namespace } = POLICY.metadata;
  const service = new NodezooService(chart, NAME, {
    image: `${IMAGE}:${version}`,
    imagePolicy: FluxImagePolicy.fromImagePolicyName(chart, 'policy', name, namespace),
    port: 8080,
    replicas,
    delivery: manifests.branch(NAME),
    annotations: { 'example.com/note': 'yes', 'example.com/time': '12:30:00' },
  });
  new ApiObject(service, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: DATA });
};

/** Flux's image automation changes a file that we wrote, and we publish again. */
export const automation: Scenario = {
  name: 'automation',
  proves: 'the real image automation changes the marked image and no other byte, and what it wrote survives until the app says another image',
  onlyWithStandIns: true,
  async run(world) {
    await world.deliver('automation', composed('1.0.0', 1));
    await world.applied(NAME);
    const rendered = await world.manifests.read(NAME, FILE);
    match(rendered, /1\.0\.0 # \{"\$imagepolicy": "automation:web"\}/);

    await applyAutomation(world.cluster);
    const raised = rendered.replace(`${IMAGE}:1.0.0`, `${IMAGE}:1.2.0`);
    await until('the automation has pushed', async () => await world.manifests.read(NAME, FILE) !== rendered);
    equal(await world.manifests.read(NAME, FILE), raised);
    deepEqual(await world.manifests.changedBy(NAME), [FILE]);

    await world.reconcile();
    await world.applied(NAME);
    const [deployment] = await world.available('automation', NAME);
    equal(deployment.spec.template.spec.containers[0].image, `${IMAGE}:1.2.0`);
    const { [NAME]: head } = await world.manifests.heads();
    await world.deliver('automation', composed('1.0.0', 1));
    equal((await world.manifests.heads())[NAME], head);

    await world.deliver('automation', composed('1.0.0', 2));
    equal(await world.manifests.read(NAME, FILE), raised.replace('replicas: 1', 'replicas: 2'));
    await world.applied(NAME);
    const [scaled] = await world.available('automation', NAME);
    deepEqual([scaled.spec.replicas, scaled.spec.template.spec.containers[0].image], [2, `${IMAGE}:1.2.0`]);

    await suspendAutomation(world.cluster);
    const { stderr } = await world.deliver('automation', composed('1.1.0', 2));
    match(stderr, /the app now says 'nodezoo\/automation-web:1\.1\.0', and 'nodezoo\/automation-web:1\.2\.0' was there by policy 'automation:web'/);
    await world.applied(NAME);
    const [taken] = await world.available('automation', NAME);
    equal(taken.spec.template.spec.containers[0].image, `${IMAGE}:1.1.0`);

    const settings = await world.cluster.read({ apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'automation' });
    deepEqual(settings?.data, DATA);
  },
};

/** Takes the place of image-reflector-controller, which cannot be built: what it would have found stands in the policy's status. */
async function applyAutomation(cluster: Cluster): Promise<void> {
  const { namespace } = POLICY.metadata;
  await cluster.apply({ ...POLICY, kind: 'ImageRepository', spec: { image: IMAGE, interval: '1h' } });
  const policy = await cluster.apply({ ...POLICY, spec: { imageRepositoryRef: { name: 'web' }, policy: { semver: { range: '1.x' } } } });
  await cluster.merge(policy, {
    status: {
      latestRef: { name: IMAGE, tag: '1.2.0' },
      observedGeneration: 1,
      conditions: [{ type: 'Ready', status: 'True', reason: 'Succeeded', message: 'found by a stand-in', lastTransitionTime: new Date().toISOString(), observedGeneration: 1 }],
    },
  }, 'status');
  await cluster.apply({
    apiVersion: POLICY.apiVersion,
    kind: 'ImageUpdateAutomation',
    metadata: { name: 'web', namespace },
    spec: {
      interval: '1h',
      sourceRef: { kind: 'GitRepository', name: NAME, namespace: 'flux-system' },
      git: { checkout: { ref: { branch: NAME } }, commit: { author: { email: 'flux@example.com' } }, push: { branch: NAME } },
      update: { path: './', strategy: 'Setters' },
    },
  });
}

/** So that what the app takes back is not raised again while the scenario looks. */
async function suspendAutomation(cluster: Cluster): Promise<void> {
  await cluster.merge({ apiVersion: POLICY.apiVersion, kind: 'ImageUpdateAutomation', metadata: POLICY.metadata }, { spec: { suspend: true } });
}
