import { deepEqual, equal, match, notEqual } from 'node:assert/strict';
import { ApiObject } from 'cdk8s';
import { tagDigest } from '../../tools/oci-registry';
import { Scenario } from '../scenario';
import { Composition, deploymentId, fluxId, World } from '../world';
import { Delivery, ManifestRegistry, NodezooService } from 'cdk8s-fluxcd';

const NAME = 'kinds-web';
const SHARED = 'kinds-shared';
const ARTIFACT = 'kinds/kinds-web';
const TAG = 'production';
const SETTINGS = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings', namespace: 'kinds' };

/** A service is delivered by another kind of place. */
export const kinds: Scenario = {
  name: 'kinds',
  proves: 'from branch to path to OCI artifact and back: Flux applies from each, and the Deployment and its pods stay the same; a later commit alone moves no tag',
  onlyWithStandIns: true,
  async run(world) {
    let commits = 0;
    /** What it was delivered by is seen in the cluster, and no pod hangs on it. */
    const publish = async (by: string, deliveryOf: (composition: Composition) => Delivery) => {
      const outdir = world.render('kinds', (composition) => {
        const service = new NodezooService(composition.chart, NAME, { image: `nodezoo/${NAME}:1.0.0`, port: 8080, delivery: deliveryOf(composition) });
        new ApiObject(service, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: SETTINGS.name }, data: { by } });
      });
      return world.publish(outdir, atCommit(++commits));
    };
    const record = async () => world.config.read('main', 'apps/production/kinds/hydrator.metadata');
    const toBranch = ({ manifests }: Composition) => manifests.branch(NAME);
    const toPath = ({ manifests }: Composition) => manifests.path(`apps/${NAME}`, { branch: SHARED });
    const toArtifact = ({ chart }: Composition) => (
      new ManifestRegistry(chart, 'registry', { url: `oci://${world.site.registry}/kinds`, source: { insecure: true } }).artifact(NAME, { tag: TAG })
    );

    await publish('branch', toBranch);
    await world.applied(NAME);
    await world.available('kinds', NAME);
    const before = await running(world);
    const { uid } = (await world.flux('Kustomization', NAME))!.metadata;
    const unchanged = async (by: string) => {
      deepEqual((await world.cluster.read(SETTINGS))?.data, { by });
      deepEqual(await running(world), before);
      equal((await world.flux('Kustomization', NAME))?.metadata.uid, uid);
    };
    await unchanged('branch');

    await publish('path', toPath);
    await world.appliedFrom(SHARED, NAME);
    await unchanged('path');

    await publish('artifact', toArtifact);
    const revision = await tagRevision(world);
    await world.appliedRevision(NAME, revision);
    await unchanged('artifact');
    await world.gone(fluxId('GitRepository', NAME));

    const written = await record();
    match((await publish('artifact', toArtifact)).stdout, /unchanged/);
    equal(await tagRevision(world), revision);
    await publish('another artifact', toArtifact);
    const other = await tagRevision(world);
    notEqual(other, revision);
    await world.appliedRevision(NAME, other);
    await unchanged('another artifact');
    equal(await record(), written);

    await publish('branch again', toBranch);
    await world.applied(NAME);
    await unchanged('branch again');
    await world.gone(fluxId('OCIRepository', NAME));
  },
};

/** Where no repository tells which commit is newer, the date does. */
function atCommit(day: number): string[] {
  return ['--source-commit', String(day).repeat(40), '--source-date', `2026-01-0${day}T00:00:00Z`];
}

/** What Flux calls the state of the tag. */
async function tagRevision({ site }: World): Promise<string> {
  return `${TAG}@${await tagDigest(site.registry!, ARTIFACT, TAG)}`;
}

/** The Deployment and its pods, as which they would come back if they had been away, or had been changed. */
async function running({ cluster }: World): Promise<object> {
  const { metadata } = (await cluster.read(deploymentId('kinds', NAME)))!;
  const pods = await cluster.list('v1', 'Pod', 'kinds');
  return { uid: metadata.uid, generation: metadata.generation, pods: pods.map((pod) => pod.metadata.uid).sort() };
}
