import { Construct } from 'constructs';
import { AlertSource } from './alert-source';
import { IFluxAlertProvider } from './flux-alert-provider';
import { requireSomeAtSynth } from './require-some';
import { FluxObject, FluxObjectOptions } from '../flux';
import { constructError, fileNameOf } from '../format';
import { requireGiven } from '../routing';

/** Which events an Alert tells of. */
export enum AlertSeverity {
  /** All of them, errors too. */
  INFO = 'info',
  /** Errors only. */
  ERROR = 'error',
}

/** What an Alert takes. */
export interface FluxAlertProps extends FluxObjectOptions {
  /** Who is told: a Provider in the namespace of this Alert. */
  readonly provider: IFluxAlertProvider;

  /** The objects whose events are told; at least one in the end. See also `addEventSource`. */
  readonly eventSources: AlertSource[];

  /**
   * From which severity on.
   *
   * @default - Flux's: info, which is all
   */
  readonly eventSeverity?: AlertSeverity;

  /**
   * Regular expressions of Go, of which the message of an event must match one. They match anywhere in it.
   *
   * @default - every message
   */
  readonly inclusionList?: string[];

  /**
   * Regular expressions of Go, of which the message of an event may match none. They win over `inclusionList`.
   *
   * @default - none
   */
  readonly exclusionList?: string[];

  /**
   * What to add to each event, such as the name of the cluster. What the controller itself says of an event stays.
   *
   * @default - nothing
   */
  readonly eventMetadata?: { readonly [key: string]: string };

  /**
   * A short text to add to each event; at most 255 characters.
   *
   * Flux has deprecated it, and version v1 of Alert does not have it: give `eventMetadata: { summary: '...' }`.
   *
   * @default - none
   */
  readonly summary?: string;

  /**
   * Whether nothing is told for now. Events of that time are lost.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * An Alert (`notification.toolkit.fluxcd.io/v1beta3`): tells a Provider of what happens to Flux objects.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the Provider or the sources are missing, the Provider is in another namespace, the name is no DNS label, or a
 *   regular expression is none of Go's
 */
export class FluxAlert extends FluxObject {
  /** Who is told. */
  public readonly provider: IFluxAlertProvider;

  private readonly eventSources: AlertSource[];
  private readonly _props: FluxAlertProps;

  constructor(scope: Construct, id: string, props: FluxAlertProps) {
    super(scope, id, { ...props, apiVersion: 'notification.toolkit.fluxcd.io/v1beta3', kind: 'Alert', defaultName: fileNameOf(id) });
    requireGiven(this, 'provider', props.provider, 'Give a FluxAlertProvider, or FluxAlertProvider.fromProviderName()');
    requireGiven(this, 'eventSources', props.eventSources, 'Say whose events are told: AlertSource.forObject(...)');
    this._props = props;
    this.provider = props.provider;
    this.eventSources = [...props.eventSources];
    const { providerName, providerNamespace } = props.provider;
    if (providerNamespace !== this.objectNamespace) {
      throw constructError(
        this,
        `the Provider '${providerNamespace}/${providerName}' is in another namespace than the Alert, which is in '${this.objectNamespace}'`,
        'Put both into one namespace: an Alert knows its Provider by the name alone',
      );
    }
    requireSomeAtSynth(this, 'eventSources', 'Say whose events are told, there or by addEventSource(): AlertSource.forObject(...)');
    this._check();
  }

  /** Tells of the events of more objects. */
  public addEventSource(source: AlertSource): void {
    this.eventSources.push(source);
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      providerRef: { name: this.provider.providerName },
      eventSources: this.eventSources.map((source) => source._toSpec(this.objectNamespace)),
      eventSeverity: props.eventSeverity,
      inclusionList: props.inclusionList,
      exclusionList: props.exclusionList,
      eventMetadata: props.eventMetadata,
      summary: props.summary,
      suspend: props.suspend,
    };
  }
}
