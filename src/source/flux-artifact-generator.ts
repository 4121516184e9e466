import { Construct } from 'constructs';
import { ArtifactGeneratorSource, GeneratedArtifact } from './artifact-generator-types';
import { FluxExternalArtifact } from './flux-external-artifact';
import { IFluxSource } from './flux-source';
import { FluxCommonMetadata, FluxObject, FluxObjectOptions } from '../flux';
import { constructError, fileNameOf } from '../format';
import { requireGiven } from '../routing';

/** What an ArtifactGenerator takes. */
export interface FluxArtifactGeneratorProps extends FluxObjectOptions {
  /** What to put together from; each alias stands once. */
  readonly sources: ArtifactGeneratorSource[];

  /** What to put together. See also `addArtifact`. */
  readonly artifacts: GeneratedArtifact[];

  /**
   * Directories to make artifacts of, one each: a source's alias and a path with names in braces, as in `@apps/{team}/{app}`. What they capture stands
   * for the same names in `artifacts`.
   *
   * @default - none: one artifact for each of `artifacts`
   */
  readonly pathPattern?: string;

  /**
   * Labels and annotations for all ExternalArtifacts that it makes.
   *
   * @default - none
   */
  readonly commonMetadata?: FluxCommonMetadata;
}

/**
 * An ArtifactGenerator (`source.extensions.fluxcd.io/v1beta1`): artifacts that source-watcher puts together from parts of sources, so that one source
 * serves many Kustomizations, each of which sees only what changes for it.
 *
 * source-watcher is no part of a default installation of Flux. Its CRD could not be had when this was made: fields and rules are from the published
 * list of the fields of source-watcher 2.2, and were never tried against a real API server.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if sources or artifacts are missing, an alias or an artifact's name stands twice, a path is of an alias that no source has, or the name is no DNS label
 */
export class FluxArtifactGenerator extends FluxObject {
  private readonly _props: FluxArtifactGeneratorProps;
  private readonly artifacts: GeneratedArtifact[];

  constructor(scope: Construct, id: string, props: FluxArtifactGeneratorProps) {
    super(scope, id, { ...props, apiVersion: 'source.extensions.fluxcd.io/v1beta1', kind: 'ArtifactGenerator', defaultName: fileNameOf(id) });
    requireGiven(this, 'sources', props.sources, 'Say what to put together from: ArtifactGeneratorSource.fromSource(...)');
    requireGiven(this, 'artifacts', props.artifacts, 'Say what to put together');
    this._props = props;
    this.artifacts = [...props.artifacts];
    this._check();
  }

  /**
   * One more artifact.
   *
   * @throws if its name stands already, or a path is of an alias that no source has
   */
  public addArtifact(artifact: GeneratedArtifact): void {
    this.artifacts.push(artifact);
    this._check();
  }

  /**
   * An artifact as a source, for a Kustomization or a HelmRelease.
   *
   * @param name its name; with a `pathPattern` as it is once the captures are filled in
   *
   * @throws if no such artifact is made
   */
  public artifact(name: string): IFluxSource {
    if (this._props.pathPattern === undefined && !this.artifacts.some((artifact) => artifact.name === name)) {
      throw constructError(this, `it makes no artifact '${name}'`, `Name one of ${this.artifacts.map((artifact) => `'${artifact.name}'`).join(', ')}`);
    }
    const id = `artifact ${name}`;
    const known = this.node.tryFindChild(id) as unknown as IFluxSource | undefined;
    return known ?? FluxExternalArtifact.fromExternalArtifactName(this, id, name, this.objectNamespace);
  }

  /** @internal */
  protected _toSpec(): any {
    const { sources, pathPattern, commonMetadata } = this._props;
    return {
      sources: sources.map((source) => source._toSpec(this.objectNamespace)),
      artifacts: this.artifacts,
      pathPattern,
      commonMetadata,
    };
  }
}
