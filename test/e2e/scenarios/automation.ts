import { deepEqual, equal, match } from 'node:assert/strict';
import { ApiObject } from 'cdk8s';
import { Cluster } from '../cluster';
import { Scenario } from '../scenario';
import { until } from '../until';
import { NodezooService } from 'cdk8s-fluxcd';

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

/** Flux's image automation changes a file that we wrote. */
export const automation: Scenario = {
  name: 'automation',
  proves: 'our YAML is a fixed point of the real image automation: the marked image changes, and no other byte',
  onlyWithStandIns: true,
  async run(world) {
    await world.deliver('automation', ({ chart, manifests }) => {
      const service = new NodezooService(chart, NAME, {
        image: `${IMAGE}:1.0.0`, port: 8080, delivery: manifests.branch(NAME), annotations: { 'example.com/note': 'yes', 'example.com/time': '12:30:00' },
      });
      new ApiObject(service, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: DATA });
    });
    await world.applied(NAME);
    const rendered = await world.manifests.read(NAME, FILE);
    const marked = rendered.replace(`image: ${IMAGE}:1.0.0`, '$& # {"$imagepolicy": "automation:web"}');
    match(marked, /1\.0\.0 # /);
    await world.manifests.commit(NAME, { [FILE]: marked });

    await applyAutomation(world.cluster);
    const wanted = marked.replace(`${IMAGE}:1.0.0`, `${IMAGE}:1.2.0`);
    await until('the automation has pushed', async () => await world.manifests.read(NAME, FILE) !== marked);
    equal(await world.manifests.read(NAME, FILE), wanted);
    deepEqual(await world.manifests.changedBy(NAME), [FILE]);

    await world.reconcile();
    await world.applied(NAME);
    const [deployment] = await world.available('automation', NAME);
    equal(deployment.spec.template.spec.containers[0].image, `${IMAGE}:1.2.0`);
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
