import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync, createReadStream } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { pullOciArtifact, sha256 } from './oci-artifact';
import { Cluster, ClusterObject } from '../cluster';

const run = promisify(execFile);
const API_VERSION = 'source.toolkit.fluxcd.io/v1';
/** What of each kind's fields it knows. */
const KNOWN: Record<string, string[]> = {
  GitRepository: ['interval', 'ref', 'sparseCheckout', 'suspend', 'timeout', 'url'],
  OCIRepository: ['insecure', 'interval', 'provider', 'ref', 'suspend', 'timeout', 'url'],
};
const FAILURES: Record<string, string> = { GitRepository: 'GitOperationFailed', OCIRepository: 'OCIArtifactPullFailed' };
const PAUSE = 200;
const LARGEST = 64 * 1024 * 1024;
const TIMEOUT = 60_000;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/**
 * A stand-in for Flux's source-controller, which cannot be built from what the registries at hand have.
 *
 * It does what the other controllers rest on: for each GitRepository it looks, with git, at what `ref` means, serves the files of that
 * commit as a tar.gz, and says so in the status. For each OCIRepository it serves the layer of the artifact, which it pulls by plain HTTP.
 * Of their fields it knows those in `KNOWN`, but no `ref.semver`, no provider but `generic` and no registry with TLS, and says so in the
 * status of what asks for another.
 */
export class SourceControllerStandIn {
  public static async start(folder: string, kubeconfig: string): Promise<SourceControllerStandIn> {
    mkdirSync(folder, { recursive: true });
    const standIn = new SourceControllerStandIn(folder, new Cluster(kubeconfig));
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    standIn.loop = standIn.watch();
    return standIn;
  }

  private readonly server: Server;
  private readonly lookedAt = new Map<string, number>();
  private loop = Promise.resolve();
  private over = false;

  private constructor(private readonly folder: string, private readonly cluster: Cluster) {
    this.server = createServer(({ url }, response) => {
      const file = join(folder, 'artifacts', decodeURIComponent(url!));
      if (!/^\/(git|oci)repository\/[^/.]+\/[^/.]+\/[0-9a-f]+\.tar\.gz$/.test(url!) || !existsSync(file)) {
        response.writeHead(404).end();
      } else {
        pipeline(createReadStream(file), response, () => undefined);
      }
    });
  }

  public async stop(): Promise<void> {
    this.over = true;
    this.server.closeAllConnections();
    await Promise.all([this.loop, new Promise((resolve) => this.server.close(resolve))]);
  }

  private async watch(): Promise<void> {
    while (!this.over) {
      try {
        const sources = await Promise.all(Object.keys(KNOWN).map((kind) => this.cluster.list(API_VERSION, kind)));
        await Promise.all(sources.flat().filter((source) => this.isDue(source)).map((source) => this.reconcile(source)));
      } catch {
        // The API server is not there yet, or not any more: whoever started it knows.
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  private isDue({ metadata, spec, status }: ClusterObject): boolean {
    return !spec.suspend && (
      status?.observedGeneration !== metadata.generation
      || (metadata.annotations?.['reconcile.fluxcd.io/requestedAt'] ?? '') !== (status?.lastHandledReconcileAt ?? '')
      || Date.now() - (this.lookedAt.get(metadata.uid!) ?? 0) > milliseconds(spec.interval)
    );
  }

  private async reconcile(source: ClusterObject): Promise<void> {
    const { metadata, status = {} } = source;
    this.lookedAt.set(metadata.uid!, Date.now());
    const handled = { observedGeneration: metadata.generation, lastHandledReconcileAt: metadata.annotations?.['reconcile.fluxcd.io/requestedAt'] };
    try {
      const artifact = await this.artifactOf(source);
      const same = status.artifact?.revision === artifact.revision && status.artifact?.url === artifact.url;
      const message = `stored artifact for revision '${artifact.revision}'`;
      await this.report(source, { ...handled, artifact: same ? undefined : artifact }, [
        { type: 'Ready', status: 'True', reason: 'Succeeded', message }, { type: 'ArtifactInStorage', status: 'True', reason: 'Succeeded', message },
      ]);
    } catch (error) {
      await this.report(source, handled, [{ type: 'Ready', status: 'False', reason: FAILURES[source.kind], message: (error as Error).message.slice(0, 1000) }]);
    }
  }

  private async report(source: ClusterObject, status: object, conditions: object[]): Promise<void> {
    const common = { observedGeneration: source.metadata.generation, lastTransitionTime: new Date().toISOString().replace(/\.\d+/, '') };
    try {
      await this.cluster.merge(source, { status: { ...status, conditions: conditions.map((condition) => ({ ...condition, ...common })) } }, 'status');
    } catch {
      // It was deleted meanwhile, or will be looked at again.
    }
  }

  /** @throws if the repository or the ref cannot be had */
  private async artifactOf(source: ClusterObject): Promise<Record<string, unknown>> {
    const { kind, metadata, spec } = source;
    const unknown = Object.keys(spec).find((field) => !KNOWN[kind].includes(field));
    if (unknown) {
      throw new Error(`the stand-in for source-controller does not know spec.${unknown}`);
    }
    const { name, revision, bytes, more } = await (kind === 'GitRepository' ? this.fromGit(source) : fromRegistry(source));
    const path = `${kind.toLowerCase()}/${metadata.namespace}/${metadata.name}/${name}.tar.gz`;
    const file = join(this.folder, 'artifacts', path);
    if (!existsSync(file)) { // Somebody may be reading it.
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    return {
      path,
      url: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${path}`,
      revision,
      digest: sha256(bytes),
      size: bytes.length,
      lastUpdateTime: new Date().toISOString().replace(/\.\d+/, ''),
      ...more,
    };
  }

  private async fromGit({ metadata, spec }: ClusterObject): Promise<Content> {
    const mirror = join(this.folder, 'mirrors', metadata.uid!);
    if (!existsSync(mirror)) {
      await this.git('init', '--quiet', '--bare', mirror);
    }
    const { wanted, describe } = refOf(spec.ref ?? {});
    await this.git('-C', mirror, 'fetch', '--quiet', '--depth=1', '--no-tags', '--', spec.url, wanted);
    const commit = (await this.git('-C', mirror, 'rev-parse', 'FETCH_HEAD^{commit}')).toString().trim();
    const directories: string[] = spec.sparseCheckout ?? [];
    return { name: [commit, ...directories.map((one) => Buffer.from(one).toString('hex'))].join(''), revision: describe(`sha1:${commit}`), bytes: gzipSync(await this.git('-C', mirror, 'archive', '--format=tar', commit, '--', ...directories)) };
  }

  private async git(...args: string[]): Promise<Buffer> {
    const { stdout } = await run('git', args, { encoding: 'buffer', maxBuffer: LARGEST, timeout: TIMEOUT });
    return stdout;
  }
}

/** What a source holds at its reference. */
interface Content {
  /** Another one for another content. */
  readonly name: string;
  readonly revision: string;
  /** A tar.gz. */
  readonly bytes: Buffer;
  /** More for the status. */
  readonly more?: object;
}

async function fromRegistry({ spec }: ClusterObject): Promise<Content> {
  const { digest, semver, tag = 'latest' } = spec.ref ?? {};
  if (!spec.insecure || spec.provider !== 'generic' || digest === undefined && semver !== undefined) {
    throw new Error('the stand-in for source-controller knows no OCIRepository that is not insecure, of another provider or with ref.semver');
  }
  const artifact = await pullOciArtifact(spec.url, digest ?? tag);
  return {
    name: artifact.digest.replace('sha256:', ''),
    revision: digest ?? `${tag}@${artifact.digest}`,
    bytes: artifact.content,
    more: { metadata: artifact.annotations },
  };
}

/** The precedence is that of the controller's code, which its field docs tell otherwise. */
function refOf({ commit, name, tag, semver, branch }: Record<string, string>): { wanted: string; describe: (digest: string) => string } {
  if (commit !== undefined) {
    return { wanted: commit, describe: (digest) => branch ? `${branch}@${digest}` : digest };
  }
  if (name !== undefined) {
    return { wanted: name, describe: (digest) => `${name}@${digest}` };
  }
  if (tag !== undefined) {
    return { wanted: `refs/tags/${tag}`, describe: (digest) => `${tag}@${digest}` };
  }
  if (semver !== undefined) {
    throw new Error('the stand-in for source-controller does not know spec.ref.semver');
  }
  const head = branch ?? 'master';
  return { wanted: `refs/heads/${head}`, describe: (digest) => `${head}@${digest}` };
}

function milliseconds(duration: string): number {
  return [...duration.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce((sum, [, figure, unit]) => sum + Number(figure) * UNITS[unit], 0);
}
