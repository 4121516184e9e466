import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ChartOrigin } from './chart-origin';
import { SOURCE_API_VERSION, SOURCE_GROUP } from './imported-source';
import { FluxObject, FluxObjectOptions } from '../flux';
import { constructError, fileNameOf } from '../format';
import { markExisting, requireGiven } from '../routing';

const KIND = 'HelmChart';

/** A HelmChart, or what stands for one: what a HelmRelease may install. */
export interface IFluxHelmChart extends IConstruct {
  /** `metadata.name`. */
  readonly helmChartName: string;

  /** `metadata.namespace`. */
  readonly helmChartNamespace: string;
}

/** What a HelmChart takes. */
export interface FluxHelmChartProps extends FluxObjectOptions {
  /** Where the chart is from: something in the namespace of this object. */
  readonly origin: ChartOrigin;

  /**
   * How often Flux looks for a new version.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * Whether Flux stops looking for new versions.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A HelmChart (`source.toolkit.fluxcd.io/v1`): a chart that source-controller fetches, and packs anew where `valuesFiles` ask for it.
 *
 * A HelmRelease with a `chart` of its own makes one by itself; one made by hand serves several releases.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the origin is missing or in another namespace, the chart's name or path is none that Flux reads, the name is no DNS label, or a Secret does not hold what
 *   the field reads
 */
export class FluxHelmChart extends FluxObject implements IFluxHelmChart {
  /**
   * A HelmChart that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromHelmChartName(scope: Construct, id: string, name: string, namespace?: string): IFluxHelmChart {
    class Imported extends Construct implements IFluxHelmChart {
      public readonly helmChartName = name;
      public readonly helmChartNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: SOURCE_GROUP, kind: KIND, name, namespace: imported.helmChartNamespace });
    return imported;
  }

  public readonly helmChartName: string;
  public readonly helmChartNamespace: string;

  private readonly _props: FluxHelmChartProps;

  constructor(scope: Construct, id: string, props: FluxHelmChartProps) {
    super(scope, id, { ...props, apiVersion: SOURCE_API_VERSION, kind: KIND, defaultName: fileNameOf(id) });
    const { origin } = props;
    requireGiven(this, 'origin', origin, 'Say where the chart is from: ChartOrigin.fromHelmRepository(...)');
    this._props = props;
    this.helmChartName = this.objectName;
    this.helmChartNamespace = this.objectNamespace;
    if (origin._sourceNamespace !== this.objectNamespace) {
      throw constructError(
        this, `a HelmChart of namespace '${this.objectNamespace}' cannot read ${origin._source}`, "Give both the same 'namespace'",
      );
    }
    origin._verify?._requireKnown(this, KIND, ['matchOIDCIdentity']);
    this._check({ 'verify.secretRef': origin._verify?._secret });
  }

  /** @internal */
  protected _toSpec(): any {
    const { origin, interval, suspend } = this._props;
    return {
      ...origin._toSpec(this.objectNamespace),
      interval: this._duration('interval', interval ?? Duration.minutes(1)),
      suspend,
    };
  }
}
