import { Duration } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { AlertProviderType } from './alert-provider-type';
import { FluxObject, FluxObjectOptions, FluxSecret } from '../flux';
import { DurationUnits, fileNameOf } from '../format';
import { markExisting, requireGiven } from '../routing';

const GROUP = 'notification.toolkit.fluxcd.io';
const KIND = 'Provider';

/** Whom an Alert may tell: a Provider, or what stands for one. */
export interface IFluxAlertProvider extends IConstruct {
  /** `metadata.name`. */
  readonly providerName: string;

  /** `metadata.namespace`. */
  readonly providerNamespace: string;
}

/** What a Provider takes. */
export interface FluxAlertProviderProps extends FluxObjectOptions {
  /** Where the messages go, with all that this service needs: `AlertProviderType.slack(...)`. */
  readonly type: AlertProviderType;

  /**
   * Certificates: an authority of one's own, a client certificate, or both. Not every type reads them.
   *
   * @default - none
   */
  readonly certSecret?: FluxSecret;

  /**
   * The proxy to go through. Not every type reads it.
   *
   * @default - none
   */
  readonly proxySecret?: FluxSecret;

  /**
   * The proxy to go through, as a URL that all may read.
   *
   * Flux has deprecated it, and version v1 of Provider does not have it: give `proxySecret`, which wins over it.
   *
   * @default - none
   */
  readonly proxy?: string;

  /**
   * Nothing: Flux has deprecated it and does not read it any more.
   *
   * @default - none
   */
  readonly interval?: Duration;

  /**
   * How long sending a message may take; written in minutes and smaller, for the API server refuses hours here.
   *
   * @default - Flux's: 15 seconds
   */
  readonly timeout?: Duration;

  /**
   * Whether nothing is sent for now. Messages of that time are lost.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A Provider (`notification.toolkit.fluxcd.io/v1beta3`): where the messages of Alerts in its namespace go.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the type is missing, there is nothing to tell the address, token or channel that the type needs, the name is no DNS
 *   label, or a Secret does not hold what the type reads
 */
export class FluxAlertProvider extends FluxObject implements IFluxAlertProvider {
  /**
   * A Provider that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromProviderName(scope: Construct, id: string, name: string, namespace?: string): IFluxAlertProvider {
    class Imported extends Construct implements IFluxAlertProvider {
      public readonly providerName = name;
      public readonly providerNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: GROUP, kind: KIND, name, namespace: imported.providerNamespace });
    return imported;
  }

  public readonly providerName: string;
  public readonly providerNamespace: string;

  /** Where the messages go. */
  public readonly type: AlertProviderType;

  private readonly _props: FluxAlertProviderProps;

  constructor(scope: Construct, id: string, props: FluxAlertProviderProps) {
    super(scope, id, { ...props, apiVersion: `${GROUP}/v1beta3`, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'type', props.type, 'Say where the messages go: AlertProviderType.slack(...)');
    this._props = props;
    this.providerName = this.objectName;
    this.providerNamespace = this.objectNamespace;
    this.type = props.type;
    this._check({ secretRef: props.type._secret, certSecretRef: props.certSecret, proxySecretRef: props.proxySecret });
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      ...props.type._toSpec(),
      certSecretRef: props.certSecret?._toReference(),
      proxySecretRef: props.proxySecret?._toReference(),
      proxy: props.proxy,
      interval: this._duration('interval', props.interval),
      timeout: this._duration('timeout', props.timeout, DurationUnits.UP_TO_MINUTES),
      suspend: props.suspend,
    };
  }
}
