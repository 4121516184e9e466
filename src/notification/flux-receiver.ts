import { createHash } from 'crypto';
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ReceiverResource } from './receiver-resource';
import { ReceiverType } from './receiver-type';
import { requireSomeAtSynth } from './require-some';
import { FluxObject, FluxObjectOptions } from '../flux';
import { constructError, fileNameOf } from '../format';
import { requireGiven } from '../routing';

/** What a Receiver takes. */
export interface FluxReceiverProps extends FluxObjectOptions {
  /** Who calls, and how it proves who it is: `ReceiverType.github(...)`. */
  readonly type: ReceiverType;

  /** What Flux looks at when it is called; at least one in the end. See also `addResource`. */
  readonly resources: ReceiverResource[];

  /**
   * A CEL expression that says of each object whether to look at it now: over `res`, its metadata, and `req`, the body of the
   * request; with `ReceiverType.genericOidc` also over `claims`.
   *
   * @default - always
   */
  readonly resourceFilter?: string;

  /**
   * How often Flux reads the Secret again.
   *
   * @default - Flux's: 10 minutes
   */
  readonly interval?: Duration;

  /**
   * Whether calls are refused for now.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * A Receiver (`notification.toolkit.fluxcd.io/v1`): a path of notification-controller's webhook server. When it is called Flux looks
 * at its objects at once, so that their intervals may be long.
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the type, its Secret or the resources are missing, the name is no DNS label, a CEL expression cannot be read, or the
 *   Secret does not hold what the type reads
 */
export class FluxReceiver extends FluxObject {
  /** Who calls. */
  public readonly type: ReceiverType;

  /**
   * The path to call, with `ReceiverType.genericOidc`. Of another type it is made of the token, and `status.webhookPath` has it.
   */
  public readonly webhookPath?: string;

  private readonly resources: ReceiverResource[];
  private readonly _props: FluxReceiverProps;

  constructor(scope: Construct, id: string, props: FluxReceiverProps) {
    super(scope, id, { ...props, apiVersion: 'notification.toolkit.fluxcd.io/v1', kind: 'Receiver', defaultName: fileNameOf(id) });
    requireGiven(this, 'type', props.type, 'Say who calls: ReceiverType.github(...)');
    requireGiven(this, 'resources', props.resources, 'Say what to look at: ReceiverResource.forObject(...)');
    this._props = props;
    this.type = props.type;
    this.resources = [...props.resources];
    if (this.type.type === 'generic-oidc') {
      this.webhookPath = `/hook/${createHash('sha256').update(this.objectName + this.objectNamespace).digest('hex')}`;
    } else if (!this.type._secret) {
      throw constructError(this, `type '${this.type.type}' has no Secret`, "Give ReceiverType a FluxSecret.token('...')");
    }
    requireSomeAtSynth(this, 'resources', 'Say what to look at, there or by addResource(): ReceiverResource.forObject(...)');
    this._check({ secretRef: props.type._secret });
  }

  /** Has Flux look at more objects. */
  public addResource(resource: ReceiverResource): void {
    this.resources.push(resource);
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      ...props.type._toSpec(),
      resources: this.resources.map((resource) => resource._toSpec(this.objectNamespace)),
      resourceFilter: props.resourceFilter,
      interval: this._duration('interval', props.interval),
      suspend: props.suspend,
    };
  }
}
