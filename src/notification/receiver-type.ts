import { FluxSecret } from '../flux';

/** A name for an expression. */
export interface ReceiverOidcVariable {
  /** The name: `vars.<name>` in the expressions that follow. */
  readonly name: string;

  /** A CEL expression over `claims`, what the token says, and over the `vars` before it. */
  readonly expression: string;
}

/** What must be true of a token. */
export interface ReceiverOidcValidation {
  /** A CEL expression over `claims`, what the token says, and `vars`. */
  readonly expression: string;

  /** What the caller is told when it is false. */
  readonly message: string;
}

/** Whose tokens a Receiver takes. */
export interface ReceiverOidcProvider {
  /** URL of the issuer, as its tokens name it in `iss`. Each issuer may be there once. */
  readonly issuerUrl: string;

  /**
   * Whom a token must be made for: its `aud`.
   *
   * @default - Flux's: notification-controller
   */
  readonly audience?: string;

  /**
   * Names for expressions, in the order in which they are computed.
   *
   * @default - none
   */
  readonly variables?: ReceiverOidcVariable[];

  /**
   * What must be true of a token: all of it, and at least one. An issuer such as GitHub Actions signs tokens for everybody, so
   * that only these say who may call.
   */
  readonly validations: ReceiverOidcValidation[];
}

/** What of a type is its own. */
interface ReceiverTypeFields {
  readonly secret?: FluxSecret;
  readonly events?: string[];
  readonly oidcProviders?: ReceiverOidcProvider[];
}

/**
 * Who calls a Receiver, and how it proves who it is.
 *
 * Only the types that look at the kind of an event take `events`; the others would let every event through.
 */
export class ReceiverType {
  /**
   * GitHub, and Gitea: a signature of the body.
   *
   * @param secret the token to check it with, as the webhook has it
   * @param events such as `ping` and `push`; default: all
   */
  public static github(secret: FluxSecret, events?: string[]): ReceiverType {
    return new ReceiverType('github', { secret, events });
  }

  /**
   * GitLab: the token itself.
   *
   * @param secret the token, as the webhook has it
   * @param events such as `Push Hook` and `Tag Push Hook`; default: all
   */
  public static gitlab(secret: FluxSecret, events?: string[]): ReceiverType {
    return new ReceiverType('gitlab', { secret, events });
  }

  /**
   * Bitbucket: a signature of the body.
   *
   * @param secret the token to check it with, as the webhook has it
   * @param events such as `repo:refs_changed`; default: all
   */
  public static bitbucket(secret: FluxSecret, events?: string[]): ReceiverType {
    return new ReceiverType('bitbucket', { secret, events });
  }

  /**
   * Whoever sends CDEvents. Nothing but the path proves who it is.
   *
   * @param secret the token that the path is made of
   * @param events such as `dev.cdevents.change.merged`; default: all
   */
  public static cdevents(secret: FluxSecret, events?: string[]): ReceiverType {
    return new ReceiverType('cdevents', { secret, events });
  }

  /** Whoever knows the path. */
  public static generic(secret: FluxSecret): ReceiverType {
    return new ReceiverType('generic', { secret });
  }

  /** Whoever signs the body with the token: `X-Signature: sha256=<HMAC>`. */
  public static genericHmac(secret: FluxSecret): ReceiverType {
    return new ReceiverType('generic-hmac', { secret });
  }

  /**
   * Whoever has an OpenID Connect token, such as a job of GitHub Actions: `Authorization: Bearer <token>`. No Secret, and a path
   * that is known beforehand (`FluxReceiver.webhookPath`).
   *
   * @throws if there is no provider
   */
  public static genericOidc(oidcProviders: ReceiverOidcProvider[]): ReceiverType {
    if (!oidcProviders?.length) {
      throw new Error('ReceiverType.genericOidc: nobody may call it. Say whose tokens it takes.');
    }
    return new ReceiverType('generic-oidc', { oidcProviders });
  }

  /** Harbor: the token in the header `Authorization`. */
  public static harbor(secret: FluxSecret): ReceiverType {
    return new ReceiverType('harbor', { secret });
  }

  /** Docker Hub. Nothing but the path proves who it is. */
  public static dockerhub(secret: FluxSecret): ReceiverType {
    return new ReceiverType('dockerhub', { secret });
  }

  /** Quay. Nothing but the path proves who it is. */
  public static quay(secret: FluxSecret): ReceiverType {
    return new ReceiverType('quay', { secret });
  }

  /** Google's registries, by a push subscription of Pub/Sub. Takes a `FluxSecret.gcrReceiver()`: token, e-mail and audience. */
  public static gcr(secret: FluxSecret): ReceiverType {
    return new ReceiverType('gcr', { secret });
  }

  /** Nexus: a signature of the body. */
  public static nexus(secret: FluxSecret): ReceiverType {
    return new ReceiverType('nexus', { secret });
  }

  /** Azure Container Registry. Nothing but the path proves who it is. */
  public static acr(secret: FluxSecret): ReceiverType {
    return new ReceiverType('acr', { secret });
  }

  private constructor(
    /** `spec.type`. */
    public readonly type: string,
    private readonly fields: ReceiverTypeFields,
  ) {}

  /** @internal */
  public get _secret(): FluxSecret | undefined {
    return this.fields.secret;
  }

  /** @internal */
  public _toSpec(): any {
    const { secret, events, oidcProviders } = this.fields;
    return {
      type: this.type,
      secretRef: secret?._toReference(),
      events,
      oidcProviders: oidcProviders?.map(({ issuerUrl, audience, variables, validations }) => ({
        issuerURL: issuerUrl, audience, variables, validations,
      })),
    };
  }
}
