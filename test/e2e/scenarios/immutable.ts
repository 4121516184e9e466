import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { IMMUTABLE_SAMPLES, ImmutableSample } from '../../cli/immutable-samples';
import { applyByHand, namespace } from '../by-hand';
import { conditionOf, Refusal } from '../cluster';
import { Scenario } from '../scenario';
import { until } from '../until';
import { World } from '../world';

const NAME = 'immutable';
const WEB = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: NAME };

/** What `diff` says of fields that cannot be changed. */
export const immutable: Scenario = {
  name: NAME,
  proves: 'the API server refuses the changes of which diff says so, and no others; Flux fails over them, or with force makes the object anew',
  async run(world) {
    await world.cluster.apply(namespace(NAME));
    const refusals = await Promise.all(IMMUTABLE_SAMPLES.map(async (sample, index) => refusalOf(world, sample, index)));
    const different = IMMUTABLE_SAMPLES.flatMap(({ title, fields }, index) => (
      fields.length > 0 === (refusals[index] !== undefined) ? [] : [{ title, server: refusals[index] ?? 'takes it' }]
    ));
    deepEqual(different, []);
    console.log(`${refusals.length} changes: ${refusals.filter(Boolean).length} refused`);

    await applyByHand(world, NAME, [deployment('one')]);
    await world.applied(NAME);
    const uid = (await world.cluster.read(WEB))?.metadata.uid;
    await applyByHand(world, NAME, [deployment('two')]);
    match(await world.failed(NAME, world.manifests, NAME), /field is immutable/);
    equal((await world.cluster.read(WEB))?.metadata.uid, uid);

    await applyByHand(world, NAME, [deployment('two', { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' })]);
    await world.applied(NAME);
    const anew = await until('the Deployment is made anew', async () => world.cluster.read(WEB));
    notEqual(anew.metadata.uid, uid);

    await applyByHand(world, NAME, [deployment('three')], { spec: { force: true } });
    await world.applied(NAME);
    notEqual((await world.cluster.read(WEB))?.metadata.uid, anew.metadata.uid);
  },
};

/** What is in no namespace is there once, so all have names of their own. */
async function refusalOf({ cluster }: World, { title, before, after }: ImmutableSample, index: number): Promise<string | undefined> {
  const isDefinition = before.kind === 'CustomResourceDefinition';
  const metadata = { name: isDefinition ? 'widgets.immutable.example.com' : `immutable-${index}`, namespace: NAME };
  const [one, other] = [before, after].map((object) => ({ ...object, metadata: isNamespaced(object) ? metadata : { name: metadata.name } }));
  await cluster.apply(one).catch((error) => {
    throw new Error(`${title}: the object itself is refused: ${error.message}`);
  });
  if (isDefinition) {
    await until('the kind is there', async () => conditionOf(await cluster.read({ ...one, ...metadata, namespace: undefined }), 'Established')?.status === 'True');
  }
  try {
    await cluster.dryRun(other);
    return undefined;
  } catch (error) {
    // The others are mistakes of the sample.
    equal(error instanceof Refusal && error.code, 422, `${title}: ${(error as Error).message}`);
    return (error as Error).message;
  }
}

function isNamespaced({ kind }: any): boolean {
  return ![
    'PersistentVolume', 'ClusterRoleBinding', 'StorageClass', 'VolumeAttributesClass', 'CSIDriver', 'PriorityClass', 'IngressClass', 'RuntimeClass',
    'CustomResourceDefinition',
  ].includes(kind);
}

function deployment(label: string, annotations?: Record<string, string>): object {
  const labels = { app: 'web', label };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: WEB.name, namespace: NAME, annotations },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
  };
}
