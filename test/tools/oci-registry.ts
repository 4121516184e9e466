import { ChildProcess, execFileSync, spawn } from 'child_process';
import { createHash } from 'crypto';
import { join } from 'path';
import { GoProgram } from './go-program';

export const registryProgram = new GoProgram({
  name: 'registry',
  folder: join(__dirname, '..', 'e2e', 'programs', 'registry'),
  package: 'github.com/google/go-containerregistry/cmd/registry',
  linkerFlags: '-s -w ',
});
/** Flux's own code for artifacts, as a program. */
export const pullerProgram = new GoProgram({ name: 'oci-puller', folder: join(__dirname, 'oci-puller'), sources: ['main.go'] });

/** The digest that a tag of a registry without TLS points at; undefined if there is none. */
export async function tagDigest(host: string, repository: string, tag: string): Promise<string | undefined> {
  const response = await fetch(`http://${host}/v2/${repository}/manifests/${tag}`, { method: 'HEAD' });
  return response.ok ? response.headers.get('docker-content-digest')! : undefined;
}

/** A real registry on this machine, that keeps everything in memory: the one of go-containerregistry. */
export class OciRegistry {
  public static async start(): Promise<OciRegistry> {
    const child = spawn(registryProgram.ready(), ['-port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new Promise((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
        const port = /serving on port (\d+)/.exec(said)?.[1];
        if (port) {
          resolve(new OciRegistry(child, Number(port)));
        }
      });
      child.on('error', reject);
      child.on('close', () => reject(new Error(`the registry ended: ${said}`)));
    });
  }

  private constructor(private readonly child: ChildProcess, public readonly port: number) {}

  public get host(): string {
    return `localhost:${this.port}`;
  }

  public url(path: string): string {
    return `oci://${this.host}/${path}`;
  }

  /** The digest that a tag points at; undefined if there is none. */
  public async digest(repository: string, tag: string): Promise<string | undefined> {
    return tagDigest(this.host, repository, tag);
  }

  public async manifest(repository: string, tag: string): Promise<any> {
    return (await fetch(`http://${this.host}/v2/${repository}/manifests/${tag}`)).json();
  }

  /** Somebody else's push of a manifest. */
  public async putManifest(repository: string, tag: string, manifest: object): Promise<void> {
    const headers = { 'Content-Type': 'application/vnd.oci.image.manifest.v1+json' };
    const response = await fetch(`http://${this.host}/v2/${repository}/manifests/${tag}`, { method: 'PUT', headers, body: JSON.stringify(manifest) });
    if (!response.ok) {
      throw new Error(`the registry answered ${response.status}: ${await response.text()}`);
    }
  }

  /** Somebody else's upload; its descriptor, without a media type. */
  public async putBlob(repository: string, content: Buffer): Promise<{ digest: string; size: number }> {
    const digest = `sha256:${createHash('sha256').update(content).digest('hex')}`;
    const { headers } = await fetch(`http://${this.host}/v2/${repository}/blobs/uploads/`, { method: 'POST' });
    const target = new URL(headers.get('location')!, `http://${this.host}`);
    target.searchParams.set('digest', digest);
    await fetch(target, { method: 'PUT', body: content });
    return { digest, size: content.length };
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.on('close', resolve));
    this.child.kill();
    await ended;
  }
}

/** What Flux's own code makes of an artifact. */
export interface FluxPull {
  readonly metadata: { readonly created: string; readonly source_url: string; readonly source_revision: string; readonly digest: string };
  readonly manifest: any;
  readonly config: any;
}

/** Pulls with Flux's own code (github.com/fluxcd/pkg/oci), and unpacks into a folder. */
export function fluxPull(reference: string, folder: string): FluxPull {
  return JSON.parse(execFileSync(pullerProgram.ready(), ['pull', reference, folder]).toString());
}

/** Pushes a folder with Flux's own code, as `flux push artifact` does. */
export function fluxPush(reference: string, folder: string): void {
  execFileSync(pullerProgram.ready(), ['push', reference, folder]);
}
