import { IFluxHelmChart } from './flux-helm-chart';
import { IFluxSource } from './flux-source';

/** What an artifact is put together from, under the alias that paths call it by. */
export class ArtifactGeneratorSource {
  /**
   * A source.
   *
   * @param alias letters and digits in lower case, `-` and `_` between them, at most 63 characters
   */
  public static fromSource(alias: string, source: IFluxSource): ArtifactGeneratorSource {
    return new ArtifactGeneratorSource(alias, source.sourceKind, source.sourceName, source.sourceNamespace);
  }

  /**
   * The chart that a HelmChart fetches: a `.tgz` file.
   *
   * @param alias letters and digits in lower case, `-` and `_` between them, at most 63 characters
   */
  public static fromHelmChart(alias: string, chart: IFluxHelmChart): ArtifactGeneratorSource {
    return new ArtifactGeneratorSource(alias, 'HelmChart', chart.helmChartName, chart.helmChartNamespace);
  }

  private constructor(
    /** What paths call it by: `@alias/...`. */
    public readonly alias: string,
    private readonly kind: string,
    private readonly name: string,
    private readonly namespace: string,
  ) {}

  /** @internal */
  public _toSpec(namespace: string): any {
    return { alias: this.alias, kind: this.kind, name: this.name, namespace: this.namespace === namespace ? undefined : this.namespace };
  }
}

/** What becomes of a file that is copied to where there is one. */
export enum ArtifactCopyStrategy {
  /** The later one stays. */
  OVERWRITE = 'Overwrite',
  /** Two YAML files are merged as Helm merges values: maps key by key, of everything else the later one. */
  MERGE = 'Merge',
  /** The file is an archive (`.tar.gz`, `.tgz`) and is unpacked. */
  EXTRACT = 'Extract',
}

/** Files to copy into an artifact. */
export interface ArtifactCopy {
  /**
   * Which ones: the source's alias and a path or glob in it, as in `@app/deploy/**`. A directory without a glob is copied as a directory: `@app/deploy` ends
   * up as `deploy/`.
   */
  readonly from: string;

  /** Where to: `@artifact/` and a path; one that ends in `/` is a directory. */
  readonly to: string;

  /**
   * Globs of what to leave out.
   *
   * @default - nothing
   */
  readonly exclude?: string[];

  /**
   * What becomes of a file that is copied to where there is one.
   *
   * @default - Flux's: ArtifactCopyStrategy.OVERWRITE
   */
  readonly strategy?: ArtifactCopyStrategy;
}

/** An artifact to put together: an ExternalArtifact of this name. */
export interface GeneratedArtifact {
  /** Name of the ExternalArtifact. With a `pathPattern` it holds what that captured, as in `{app}`. */
  readonly name: string;

  /** What to copy, in this order. */
  readonly copy: ArtifactCopy[];

  /**
   * The source whose revision the artifact gets: `@alias`. Then a new revision of it is one of the artifact, though nothing in it changed.
   *
   * @default - the digest of the content: a new revision only when something changed
   */
  readonly revision?: string;

  /**
   * The source whose commit is noted on the artifact as its origin: `@alias`.
   *
   * @default - none
   */
  readonly originRevision?: string;
}
