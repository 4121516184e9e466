import { deepEqual, doesNotMatch, equal } from 'node:assert/strict';
import { newAgeKey, sopsDecrypt, sopsEncrypt } from '../../tools/sops';
import { Scenario } from '../scenario';
import { Composition } from '../world';
import { FluxSecret, SopsSecret } from 'cdk8s-fluxcd';

const KEYS = 'sops-keys';
const VALUE = 'correct horse\nbattery staple';

/** A Secret that is encrypted on its way, with nothing said to the Kustomization but by what is delivered. */
export const sops: Scenario = {
  name: 'sops',
  proves: 'a Secret that the real sops encrypted is decrypted in the cluster, and changes there when it is encrypted anew',
  async run(world) {
    const key = newAgeKey();
    await world.cluster.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: KEYS, namespace: 'flux-system' }, stringData: { 'sops.agekey': key.identity } });
    const plain = (type: string, stringData: object) => JSON.stringify({
      apiVersion: 'v1', kind: 'Secret', metadata: { name: `sops-${type}`, namespace: 'sops' }, stringData,
    });
    const encrypt = (type: 'yaml' | 'json', stringData: object): string => {
      world.scene.write(`work/${type}.sops`, sopsEncrypt(plain(type, stringData), key, { type }));
      return world.scene.path('work', `${type}.sops`);
    };
    const compose = (values: Record<'yaml' | 'json', object>) => ({ chart, manifests }: Composition): void => {
      const decryption = { secret: FluxSecret.sopsKeys(KEYS) };
      manifests.branch('sops-secrets').deliver(
        new SopsSecret(chart, 'yaml', { file: encrypt('yaml', values.yaml), decryption }),
        new SopsSecret(chart, 'json', { file: encrypt('json', values.json) }),
      );
    };
    const inCluster = async (type: string): Promise<Record<string, string>> => {
      const secret = await world.cluster.read({ apiVersion: 'v1', kind: 'Secret', name: `sops-${type}`, namespace: 'sops' }) as any;
      return Object.fromEntries(Object.entries<string>(secret.data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]));
    };

    await world.deliver('sops', compose({ yaml: { 10: VALUE, 2: 'ü', empty: '' }, json: { b: VALUE, a: 'x' } }));
    await world.applied('sops-secrets');
    deepEqual(await inCluster('yaml'), { 10: VALUE, 2: 'ü', empty: '' });
    deepEqual(await inCluster('json'), { b: VALUE, a: 'x' });
    deepEqual((await world.flux('Kustomization', 'sops-secrets'))!.spec.decryption, { provider: 'sops', secretRef: { name: KEYS } });

    for (const file of ['yaml.k8s.yaml', 'json.k8s.yaml']) {
      const published = await world.manifests.read('sops-secrets', file);
      doesNotMatch(published, /horse|staple/);
      equal(Object.values<string>(JSON.parse(sopsDecrypt(published, key)).stringData).includes(VALUE), true);
    }

    await world.deliver('sops', compose({ yaml: { 2: 'changed' }, json: { a: 'x' } }));
    await world.applied('sops-secrets');
    deepEqual(await inCluster('yaml'), { 2: 'changed' });
  },
};
