import { ArchiveLimits, BadArchiveError, filesOf } from './archive';
import { layersOf, LiveArtifact, readLive } from './live-artifact';
import { RegistryClient } from './registry-client';
import { httpFault } from './registry-fault';
import { RemoteFault } from '../remote-fault';

export interface PullLimits extends ArchiveLimits {
  /** Bytes of the compressed layer. */
  readonly layer: number;
}

/** Far more than Kubernetes keeps of objects, and less than a machine has of memory. */
export const PULL_LIMITS: PullLimits = { layer: 64 * 1024 * 1024, size: 256 * 1024 * 1024, files: 50_000 };

/** An artifact with its content. */
export interface PulledArtifact {
  readonly live: Exclude<LiveArtifact, { kind: 'absent' }>;
  /** By path relative to its root. */
  readonly files: Map<string, Buffer>;
}

/**
 * Reads the files that Flux would read at a tag: those of the first layer.
 *
 * @param repository the name by which the registry knows the artifact, of `repositoryOf`
 * @returns undefined if there is no such tag
 * @throws RemoteFault, also if it is no artifact, or holds more than allowed or what is not unpacked
 */
export async function pullArtifact(
  client: RegistryClient, repository: string, tag: string, limits = PULL_LIMITS,
): Promise<PulledArtifact | undefined> {
  const manifest = await client.manifest(repository, tag);
  const live = readLive(manifest, client.registry.host);
  if (!manifest || live.kind === 'absent') {
    return undefined;
  }
  const refuse = (problem: string) => new RemoteFault(httpFault(`artifact '${repository}:${tag}' on ${client.registry.host} ${problem}. Look at it with 'flux pull artifact'.`));
  const [layer] = layersOf(manifest) ?? [];
  if (!layer) {
    throw refuse('has no layer that could be read');
  } else if (layer.size > limits.layer) {
    throw refuse(`has a layer of ${layer.size} bytes, more than the ${limits.layer} that are read`);
  }
  const content = await client.blob(repository, layer.digest, layer.size);
  try {
    return { live, files: await filesOf(content, limits) };
  } catch (error) {
    throw error instanceof BadArchiveError ? refuse(error.message) : error;
  }
}
