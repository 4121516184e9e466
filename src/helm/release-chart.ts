import { Duration } from 'cdk8s';
import { WriteDuration } from './write-duration';
import { ChartOrigin, IFluxHelmChart, IFluxSource, SignatureVerification } from '../source';

/** What the HelmChart that Flux makes for a release takes. */
export interface HelmChartTemplateOptions {
  /**
   * How often source-controller looks for a new chart.
   *
   * @default - the `interval` of the release
   */
  readonly interval?: Duration;

  /**
   * Labels of the HelmChart.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the HelmChart.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** An object that holds a chart already. */
interface ChartReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/**
 * Which chart is released: one that Flux makes a HelmChart for, or what an object of its own holds.
 *
 * In YAML these are the fields `chart` and `chartRef`, of which the API server wants exactly one.
 */
export class HelmReleaseChart {
  /**
   * A chart from a Helm repository, a Git repository or a bucket. helm-controller makes a HelmChart for it, named `<namespace>-<name>` after the
   * release, in the namespace of the repository.
   */
  public static fromTemplate(origin: ChartOrigin, options: HelmChartTemplateOptions = {}): HelmReleaseChart {
    return new HelmReleaseChart(given('fromTemplate', 'origin', origin), options);
  }

  /**
   * What another object holds: an OCIRepository (the recommended way to a chart in a registry) or an ExternalArtifact.
   *
   * @throws if it is of another kind
   */
  public static fromSource(source: IFluxSource): HelmReleaseChart {
    const { sourceKind, sourceName, sourceNamespace } = given('fromSource', 'source', source);
    if (sourceKind !== 'OCIRepository' && sourceKind !== 'ExternalArtifact') {
      throw new Error(`HelmReleaseChart.fromSource: a ${sourceKind} does not hold one chart. `
        + 'Give an OCIRepository or an ExternalArtifact, or name the chart in it: HelmReleaseChart.fromTemplate(ChartOrigin.fromSource(...)).');
    }
    return new HelmReleaseChart(undefined, {}, { kind: sourceKind, name: sourceName, namespace: sourceNamespace });
  }

  /** What a HelmChart holds that several releases share. */
  public static fromHelmChart(chart: IFluxHelmChart): HelmReleaseChart {
    const { helmChartName, helmChartNamespace } = given('fromHelmChart', 'chart', chart);
    return new HelmReleaseChart(undefined, {}, { kind: 'HelmChart', name: helmChartName, namespace: helmChartNamespace });
  }

  private constructor(
    private readonly origin: ChartOrigin | undefined,
    private readonly options: HelmChartTemplateOptions,
    private readonly reference?: ChartReference,
  ) {}

  /** @internal */
  public get _verify(): SignatureVerification | undefined {
    return this.origin?._verify;
  }

  /**
   * @param namespace that of the release
   * @internal
   */
  public _toSpec(namespace: string, duration: WriteDuration): any {
    if (this.origin) {
      const { interval, labels, annotations } = this.options;
      return {
        chart: {
          metadata: { labels, annotations },
          spec: { ...this.origin._toSpec(namespace), interval: duration('chart.spec.interval', interval) },
        },
      };
    }
    const reference = this.reference!;
    return { chartRef: { ...reference, namespace: reference.namespace === namespace ? undefined : reference.namespace } };
  }
}

function given<T>(factory: string, parameter: string, value: T): T {
  if (!value) {
    throw new Error(`HelmReleaseChart.${factory}: '${parameter}' is missing. Give it.`);
  }
  return value;
}
