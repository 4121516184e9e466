import { createHash } from 'node:crypto';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const LAYER = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const TIMEOUT = 60_000;

/** What source-controller takes from a registry. */
export interface OciArtifact {
  /** Of the manifest: `sha256:...`. */
  readonly digest: string;
  readonly annotations: Record<string, string>;
  /** The layer, a tar.gz. */
  readonly content: Buffer;
}

/**
 * Pulls an artifact of Flux by plain HTTP and without a login, with nothing of the library that pushed it.
 *
 * @param url `oci://`, the registry and the repository in it
 * @param reference a tag or a digest
 * @throws if it cannot be had, is of another form or not what its digests say
 */
export async function pullOciArtifact(url: string, reference: string): Promise<OciArtifact> {
  const [, host, repository] = /^oci:\/\/([^/]+)\/(.+)$/.exec(url)!;
  const load = async (path: string) => {
    const response = await fetch(`http://${host}/v2/${repository}/${path}`, { headers: { Accept: MANIFEST }, signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) {
      throw new Error(`${url}: the registry answered ${response.status} to ${path}`);
    }
    return Buffer.from(await response.arrayBuffer());
  };
  const text = await load(`manifests/${reference}`);
  const { mediaType, layers, annotations = {} } = JSON.parse(text.toString());
  if (mediaType !== MANIFEST || layers.length !== 1 || layers[0].mediaType !== LAYER) {
    throw new Error(`${url}: ${reference} is no artifact of Flux with one layer: ${text}`);
  }
  const content = await load(`blobs/${layers[0].digest}`);
  if (sha256(content) !== layers[0].digest || content.length !== layers[0].size) {
    throw new Error(`${url}: the layer is not what the manifest says of it: ${text}`);
  }
  return { digest: sha256(text), annotations, content };
}

export function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}
