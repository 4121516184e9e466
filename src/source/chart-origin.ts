import { IFluxHelmRepository } from './flux-helm-repository';
import { IFluxSource } from './flux-source';
import { SignatureVerification } from './signature-verification';

/** What tells source-controller to make a new artifact of a chart that is in a Git repository or a bucket. */
export enum ChartReconcileStrategy {
  /** A new version in the chart's `Chart.yaml`: a change without one goes unseen. */
  CHART_VERSION = 'ChartVersion',
  /** Every new revision of the source; it becomes part of the chart's version. */
  REVISION = 'Revision',
}

/** What every chart takes. */
export interface ChartOptions {
  /**
   * Files of values in the chart to use in place of its `values.yaml`, the later ones on top: paths from the chart's root in a Helm repository, and from
   * the root of a Git repository or a bucket.
   *
   * @default - the chart's `values.yaml`
   */
  readonly valuesFiles?: string[];

  /**
   * Whether a file of values that is missing is left out instead of failing.
   *
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;
}

/** What a chart in a Helm repository takes. */
export interface RepositoryChartOptions extends ChartOptions {
  /**
   * Version, or a SemVer range of which the highest is taken, such as `6.x`.
   *
   * @default - Flux's: the highest of all, without pre-releases
   */
  readonly version?: string;

  /**
   * Who must have signed the chart. Flux verifies charts of an OCI registry only; from any other repository all of them fail. The Secret is in the namespace of
   * the HelmChart, which for a HelmRelease is that of the repository.
   *
   * @default - none
   */
  readonly verify?: SignatureVerification;
}

/** What a chart in a Git repository or a bucket takes. */
export interface SourceChartOptions extends ChartOptions {
  /**
   * What makes a new artifact.
   *
   * @default - Flux's: ChartReconcileStrategy.CHART_VERSION
   */
  readonly reconcileStrategy?: ChartReconcileStrategy;
}

/**
 * Where a chart is from: a Helm repository, in which it has versions, or a directory of another source, in which it is whatever the source has.
 *
 * In YAML the fields of both stand side by side, and those of the other one are ignored or refused; here each has its own only.
 */
export class ChartOrigin {
  /**
   * A chart in a Helm repository.
   *
   * @param repository the repository
   * @param chart name of the chart, such as `podinfo`
   */
  public static fromHelmRepository(repository: IFluxHelmRepository, chart: string, options: RepositoryChartOptions = {}): ChartOrigin {
    required('fromHelmRepository', 'repository', repository);
    required('fromHelmRepository', 'chart', chart);
    return new ChartOrigin(repository.helmRepositoryNamespace, { kind: 'HelmRepository', name: repository.helmRepositoryName }, chart, options);
  }

  /**
   * A chart, packed or as a directory, in a Git repository or a bucket.
   *
   * @param source a GitRepository or a Bucket; what an OCIRepository or ExternalArtifact holds is a HelmRelease's to read, without a HelmChart
   * @param path path of the chart in the source, such as `./charts/podinfo`
   *
   * @throws if the source is of another kind
   */
  public static fromSource(source: IFluxSource, path: string, options: SourceChartOptions = {}): ChartOrigin {
    required('fromSource', 'source', source);
    required('fromSource', 'path', path);
    if (source.sourceKind !== 'GitRepository' && source.sourceKind !== 'Bucket') {
      throw new Error(`ChartOrigin.fromSource: a HelmChart is not read from ${/^[AEIO]/.test(source.sourceKind) ? 'an' : 'a'} ${source.sourceKind}. `
        + 'Give a GitRepository or a Bucket, or make the source the chartRef of a HelmRelease.');
    }
    return new ChartOrigin(source.sourceNamespace, { kind: source.sourceKind, name: source.sourceName }, path, options);
  }

  private constructor(
    /** @internal */
    public readonly _sourceNamespace: string,
    private readonly sourceRef: { readonly kind: string; readonly name: string },
    private readonly chart: string,
    private readonly options: RepositoryChartOptions & SourceChartOptions,
  ) {}

  /** @internal */
  public get _verify(): SignatureVerification | undefined {
    return this.options.verify;
  }

  /** What messages call the source: `GitRepository 'flux-system/shop'`. @internal */
  public get _source(): string {
    return `${this.sourceRef.kind} '${this._sourceNamespace}/${this.sourceRef.name}'`;
  }

  /**
   * @param namespace that of the object it is for: the source's own is written only if it is another one
   * @internal
   */
  public _toSpec(namespace: string): any {
    const { version, reconcileStrategy, valuesFiles, ignoreMissingValuesFiles, verify } = this.options;
    return {
      chart: this.chart,
      version,
      sourceRef: { ...this.sourceRef, namespace: this._sourceNamespace === namespace ? undefined : this._sourceNamespace },
      reconcileStrategy,
      valuesFiles,
      ignoreMissingValuesFiles,
      verify: verify?._toSpec(),
    };
  }
}

function required(factory: string, parameter: string, value: unknown): void {
  if (!value) {
    throw new Error(`ChartOrigin.${factory}: '${parameter}' is missing. Give it.`);
  }
}
