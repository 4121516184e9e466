import { readdirSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';

// The compiler copies the data to where it compiles because of these. They are types, so that nothing is loaded before it is needed.
export type KindData =
  | typeof import('./data/Alert.json')
  | typeof import('./data/ArtifactGenerator.json')
  | typeof import('./data/Bucket.json')
  | typeof import('./data/ExternalArtifact.json')
  | typeof import('./data/GitRepository.json')
  | typeof import('./data/HelmChart.json')
  | typeof import('./data/HelmRelease.json')
  | typeof import('./data/HelmRepository.json')
  | typeof import('./data/ImagePolicy.json')
  | typeof import('./data/ImageRepository.json')
  | typeof import('./data/ImageUpdateAutomation.json')
  | typeof import('./data/Kustomization.json')
  | typeof import('./data/OCIRepository.json')
  | typeof import('./data/Provider.json')
  | typeof import('./data/Receiver.json');

/** A kind of Flux, and its schema as the CRD has it. */
export interface FluxKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The controller that the CRD is from, and its version. */
  readonly controller: string;
  readonly schema: Schema;
}

/** What structural schemas of Kubernetes consist of, as far as Flux uses it. */
export interface Schema {
  readonly 'type'?: string;
  readonly 'properties'?: { readonly [name: string]: Schema };
  readonly 'additionalProperties'?: Schema | boolean;
  readonly 'items'?: Schema;
  readonly 'required'?: readonly string[];
  readonly 'default'?: unknown;
  readonly 'nullable'?: boolean;
  readonly 'enum'?: readonly unknown[];
  readonly 'pattern'?: string;
  readonly 'minLength'?: number;
  readonly 'maxLength'?: number;
  readonly 'minItems'?: number;
  readonly 'maxItems'?: number;
  readonly 'minProperties'?: number;
  readonly 'maxProperties'?: number;
  readonly 'minimum'?: number;
  readonly 'maximum'?: number;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
}

/** A rule in CEL over `self`, the value that it stands at. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
}

let known: FluxKind[] | undefined;

/** The kinds of Flux 2.9, each in the one version that is served. */
export function fluxKinds(): readonly FluxKind[] {
  return known ??= loadedKinds();
}

function loadedKinds(): FluxKind[] {
  const load = createRequire(__filename);
  const folder = join(__dirname, 'data');
  return readdirSync(folder).filter((file) => file.endsWith('.json')).sort().map((file) => load(join(folder, file)));
}
