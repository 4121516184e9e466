import { createRequire } from 'module';
import { DesiredRegistry } from './desired';
import { Publisher } from './publisher';
import { PublisherContext } from './repository-publisher';
import { Patience } from './retry';
import { DeliveryManifest } from '../../manifest';
import { CliError, ExitCode } from '../cli-error';
import type { RegistryUrl } from '../oci';

/** Where each registry of an app is. */
export function registryUrls({ registries = [] }: DeliveryManifest, urls: ReadonlyMap<string, string>): Map<string, RegistryUrl> {
  return new Map(registries.map(({ name }) => [name, oci().registryUrl(name, urls.get(name)!)]));
}

/** Two names for one registry would each take the other's artifacts for changed. */
export function refuseSharedArtifacts(desired: readonly DesiredRegistry[], registries: ReadonlyMap<string, RegistryUrl>): void {
  const seen = new Map<string, string>();
  for (const { name, artifacts } of desired) {
    for (const { artifact, tag } of artifacts) {
      const key = `${registries.get(name)!.identity.replace(/\/$/, '')}/${artifact}:${tag}`;
      const other = seen.get(key);
      if (other !== undefined) {
        throw new CliError(ExitCode.USAGE, `registries '${other}' and '${name}': both deliver to '${key}'. Declare the registry once.`);
      }
      seen.set(key, name);
    }
  }
}

/** What a review leaves out. */
export function notReviewed(desired: readonly DesiredRegistry[]): string[] {
  return desired.map(({ name, artifacts }) => (
    `registry '${name}': a review leaves out its artifacts (${artifacts.map(({ artifact, tag }) => `'${artifact}:${tag}'`).join(', ')}). ` +
    "'cdk8s-fluxcd diff' says what would change in them."
  ));
}

export interface RegistryPublishersOptions extends Pick<PublisherContext, 'manifest' | 'source' | 'guard'> {
  readonly adopt: boolean;
  readonly overwrite: boolean;
  /** Scheme and host of all http(s) repositories. */
  readonly otherOrigins: readonly string[];
  readonly patience: Patience;
  /** Whether nothing is to be pushed: who may only read can do that. */
  readonly dryRun: boolean;
}

/** A publisher for each registry, which knows how to log in. */
export async function registryPublishers(
  desired: readonly DesiredRegistry[], registries: ReadonlyMap<string, RegistryUrl>, context: RegistryPublishersOptions,
): Promise<Publisher[]> {
  if (desired.length === 0) {
    return [];
  }
  const { openRegistries, RegistryPublisher } = oci();
  const { otherOrigins, patience, dryRun, ...options } = context;
  const signal = patience.deadline.signal;
  const urls = new Map(desired.map(({ name }) => [name, registries.get(name)!]));
  const clients = await openRegistries(urls, { environment: process.env, otherOrigins, actions: dryRun ? 'pull' : 'pull,push', signal })
    // Whoever asked to stop need not hear of what that has ended.
    .finally(() => patience.interruption.check());
  const now = new Date();
  return desired.map((one) => new RegistryPublisher(one, clients.get(one.name)!, { ...options, now }, patience));
}

/** Loaded only where there are registries: the others start sooner. */
function oci(): typeof import('../oci') {
  return createRequire(__filename)('../oci');
}
