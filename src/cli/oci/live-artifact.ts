import { ArtifactRecord, CREATED, FLUX_CONTENT, RECORD, RECORD_VERSION, REVISION } from './artifact';
import { RemoteManifest } from './registry-client';
import { httpFault } from './registry-fault';
import type { SourcePoint } from '../publish/newest-sources';
import { RemoteFault } from '../remote-fault';

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** What a tag holds, seen from who would publish to it. */
export type LiveArtifact =
  | { readonly kind: 'absent' }
  /** Of another tool. */
  | { readonly kind: 'foreign'; readonly digest: string }
  | { readonly kind: 'unreadable'; readonly digest: string; readonly problem: string; readonly remedy: string }
  | {
    readonly kind: 'ours';
    readonly digest: string;
    readonly record: ArtifactRecord;
    readonly source?: SourcePoint;
    /** Whether somebody put other content under our record. */
    readonly edited: boolean;
  };

/** A layer of a manifest, as far as it is to be trusted. */
export interface Layer {
  readonly mediaType?: string;
  readonly digest: string;
  readonly size: number;
}

/**
 * Reads what anybody may have pushed.
 *
 * @param host who sent it
 * @throws RemoteFault if no registry would have it: a login page or a proxy may have answered
 */
export function readLive(manifest: RemoteManifest | undefined, host: string): LiveArtifact {
  if (!manifest) {
    return { kind: 'absent' };
  }
  const { digest } = manifest;
  const document = parsed(manifest.content.toString());
  // The first of them is required, by the specification as by docker's own.
  if (typeof document?.schemaVersion !== 'number' && typeof document?.mediaType !== 'string') {
    throw new RemoteFault(httpFault(`${host} answers with what is no manifest. Is it a registry? Check the URL: a login page or a proxy may be what answers there.`));
  }
  const { annotations } = document;
  const text = annotations?.[RECORD];
  if (typeof text !== 'string') {
    return { kind: 'foreign', digest };
  }
  const record = parsed(text);
  if (record?.version !== RECORD_VERSION) {
    return Number.isInteger(record?.version)
      ? { kind: 'unreadable', digest, problem: `is of version ${record.version}, and this cdk8s-fluxcd reads version ${RECORD_VERSION}`, remedy: 'Upgrade cdk8s-fluxcd' }
      : { kind: 'unreadable', digest, problem: 'cannot be read', remedy: 'Delete the tag in the registry, or publish to another one' };
  }
  const { app, content, layer } = record;
  if (typeof app !== 'string' || !app || !DIGEST.test(content) || !DIGEST.test(layer)) {
    return { kind: 'unreadable', digest, problem: 'is not what cdk8s-fluxcd writes', remedy: 'Delete the tag in the registry, or publish to another one' };
  }
  const layers = layersOf(manifest);
  const edited = layers?.length !== 1 || layers[0].digest !== layer || layers[0].mediaType !== FLUX_CONTENT;
  return { kind: 'ours', digest, record: { app, content, layer }, source: sourceOf(annotations), edited };
}

/** The layers that a manifest lists; undefined if it is none of an image. */
export function layersOf({ content }: RemoteManifest): Layer[] | undefined {
  const layers = parsed(content.toString())?.layers;
  const sound = Array.isArray(layers) && layers.every((layer) => DIGEST.test(layer?.digest) && Number.isSafeInteger(layer?.size) && layer.size >= 0);
  return sound ? layers : undefined;
}

/** `<branch>@sha1:<commit>`, `sha1:<commit>` or the commit alone. */
function sourceOf(annotations: Record<string, unknown>): SourcePoint | undefined {
  const { [REVISION]: revision, [CREATED]: created } = annotations;
  const [, commit] = typeof revision === 'string' ? /(?:^|[:/@])([0-9a-f]{7,64})$/i.exec(revision) ?? [] : [];
  return commit === undefined ? undefined : { commit: commit.toLowerCase(), date: typeof created === 'string' && RFC_3339.test(created) ? created : undefined };
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
