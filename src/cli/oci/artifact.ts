import { gzipOf, tarOf } from './archive';
import { OCI_MANIFEST } from './registry-client';
import { DeliveryManifest, ExceptionManifest } from '../../manifest';
import { sha256Of } from '../digest';
import type { DesiredFile } from '../publish/desired';
import type { SourceCommit } from '../publish/source';

// The media types that source-controller and the flux CLI read and write (github.com/fluxcd/pkg/oci).
export const FLUX_CONFIG = 'application/vnd.cncf.flux.config.v1+json';
export const FLUX_CONTENT = 'application/vnd.cncf.flux.content.v1.tar+gzip';

// The annotations that Flux reads: `flux push artifact` writes them too.
export const CREATED = 'org.opencontainers.image.created';
export const SOURCE = 'org.opencontainers.image.source';
export const REVISION = 'org.opencontainers.image.revision';

/** Our annotation, whose value is JSON: who owns the tag. The others are those that the field already reads. */
export const RECORD = 'io.github.cdk8s-fluxcd.record';
export const RECORD_VERSION = 1;

/** What we write down of an artifact. */
export interface ArtifactRecord {
  readonly app: string;
  /** Digest of the tar archive. Compressed, the same may come out differently on another system. */
  readonly content: string;
  /** Digest of the compressed layer: another one there was not published by us. */
  readonly layer: string;
}

/** The files of an artifact as they are uploaded. */
export interface ArtifactContent {
  /** Digest of the tar archive. */
  readonly digest: string;
  readonly layer: Buffer;
  readonly layerDigest: string;
}

export async function contentOf(files: readonly DesiredFile[]): Promise<ArtifactContent> {
  const tar = await tarOf(files.map(({ path, content }) => [path, content]));
  const layer = await gzipOf(tar);
  return { digest: sha256Of(tar), layer, layerDigest: sha256Of(layer) };
}

export interface ArtifactContext {
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  /** When this run began: the time of an artifact without a source commit. */
  readonly now: Date;
}

/** The blobs and the manifest of an artifact, to be uploaded in this order. */
export interface BuiltArtifact {
  readonly blobs: Buffer[];
  readonly manifest: Buffer;
  /** What the tag will point at. */
  readonly digest: string;
}

/** Of one commit and one content this makes the same bytes, whoever runs it. */
export function buildArtifact(content: ArtifactContent, exceptions: readonly ExceptionManifest[], context: ArtifactContext): BuiltArtifact {
  const { manifest, source, now } = context;
  const created = source?.committed ?? source?.date ?? now.toISOString().replace(/\.\d+Z$/, 'Z');
  const rootfs = { type: 'layers', diff_ids: [content.digest] };
  const config = Buffer.from(JSON.stringify({ created, architecture: '', os: '', config: {}, rootfs }));
  const inputs = Object.entries(manifest.inputs).sort(([a], [b]) => a < b ? -1 : 1);
  const record: ArtifactRecord & Record<string, unknown> = {
    version: RECORD_VERSION,
    app: manifest.app!,
    content: content.digest,
    layer: content.layerDigest,
    dirty: source?.dirty || undefined,
    inputs: inputs.length ? Object.fromEntries(inputs) : undefined,
    exceptions: exceptions.length ? exceptions : undefined,
  };
  const document = Buffer.from(JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: FLUX_CONFIG, digest: sha256Of(config), size: config.length },
    layers: [{ mediaType: FLUX_CONTENT, digest: content.layerDigest, size: content.layer.length }],
    annotations: {
      [CREATED]: created,
      [SOURCE]: source?.url,
      [REVISION]: source && revisionOf(source.commit),
      [RECORD]: JSON.stringify(record),
    },
  }));
  return { blobs: [content.layer, config], manifest: document, digest: sha256Of(document) };
}

/**
 * A commit as Flux writes it and notification-controller reads it, for the status of a commit. Without a branch, which the form may
 * name: in CI there often is none, and builds of one commit for a branch and for a tag are to make one artifact.
 */
function revisionOf(commit: string): string {
  return `${commit.length === 64 ? 'sha256' : 'sha1'}:${commit}`;
}
