import { FluxSecret } from '../flux';

/** A service that takes messages at a URL. The URL comes from one of the two; that of the Secret wins. */
export interface WebhookProviderProps {
  /**
   * The URL. It is part of the manifest, which many can read: one that is itself a secret belongs into the Secret.
   *
   * @default - the `address` of the Secret
   */
  readonly address?: string;

  /**
   * A Secret with the URL (`FluxSecret.address`), and with whatever else the service reads.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;
}

/** A chat whose webhook posts under a name. */
export interface NamedWebhookProviderProps extends WebhookProviderProps {
  /**
   * The name to post under.
   *
   * @default - the controller that sent the event
   */
  readonly username?: string;
}

/** A chat whose webhook posts under a name and to a channel. */
export interface ChatProviderProps extends NamedWebhookProviderProps {
  /**
   * The channel.
   *
   * @default - the one that the webhook belongs to
   */
  readonly channel?: string;
}

/** A webhook that takes signed messages. */
export interface SignedWebhookProviderProps {
  /**
   * The URL.
   *
   * @default - the `address` of the Secret
   */
  readonly address?: string;

  /** A Secret with the `token`, and perhaps with the `address`. */
  readonly secret: FluxSecret;
}

/** A service with an API that asks for a token. */
export interface TokenProviderProps {
  /** URL of the API. */
  readonly address: string;

  /** A Secret with the `token`. */
  readonly secret: FluxSecret;
}

/** A chat with an API that asks for a token and a room. */
export interface RoomProviderProps extends TokenProviderProps {
  /** The id of the room. */
  readonly channel: string;
}

/** A chat of Telegram. Its address is fixed. */
export interface TelegramProviderProps {
  /** The chat: `@name`, or its id, with `:<topic>` after it for a topic of a forum. */
  readonly channel: string;

  /** A Secret with the `token` of the bot. */
  readonly secret: FluxSecret;
}

/** A topic of Zulip. */
export interface ZulipProviderProps {
  /** URL of the server. */
  readonly address: string;

  /** `<channel>/<topic>`. */
  readonly channel: string;

  /** A Secret with the bot's address as `username` and its key as `password`. */
  readonly secret: FluxSecret;
}

/** A project of Sentry. */
export interface SentryProviderProps {
  /**
   * The DSN.
   *
   * @default - the `address` of the Secret
   */
  readonly address?: string;

  /**
   * A Secret with the DSN as `address`.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * The environment that events are filed under.
   *
   * @default - none
   */
  readonly channel?: string;
}

/** An integration of PagerDuty. */
export interface PagerDutyProviderProps {
  /**
   * URL of the API: `https://events.pagerduty.com`, or that of Europe.
   *
   * @default - the `address` of the Secret
   */
  readonly address?: string;

  /** The integration key. */
  readonly channel: string;

  /**
   * A Secret with the `address`.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;
}

/** A subject of NATS. */
export interface NatsProviderProps {
  /**
   * URL of the server.
   *
   * @default - the `address` of the Secret
   */
  readonly address?: string;

  /** The subject. */
  readonly channel: string;

  /**
   * A Secret with credentials (`FluxSecret.natsCredentials`), user name and password, or an `address` that has them.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;
}

/** An OpenTelemetry collector. */
export interface OtelProviderProps extends WebhookProviderProps {
  /**
   * The user name that goes with a `token` as password. Flux sends neither unless the Secret has `headers` too.
   *
   * @default - that of the Secret; without one a token is sent as a bearer token
   */
  readonly username?: string;
}

/** A topic of Google Pub/Sub. */
export interface GooglePubSubProviderProps {
  /**
   * The id of the project.
   *
   * @default - the `address` of the Secret
   */
  readonly address?: string;

  /** The id of the topic. */
  readonly channel: string;

  /**
   * A Secret with the JSON key of a service account as `token`, and with `headers` for attributes of the message.
   *
   * @default - none: workload identity
   */
  readonly secret?: FluxSecret;

  /**
   * The service account whose workload identity sends; the controller needs the feature gate `ObjectLevelWorkloadIdentity`.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;
}

/** An Azure Event Hub. */
export interface AzureEventHubProviderProps {
  /**
   * The name of the event hub, or a connection string with a key.
   *
   * @default - the `address` of the Secret, which is where a connection string belongs
   */
  readonly address?: string;

  /**
   * The namespace of the event hub; a connection string has it.
   *
   * @default - none
   */
  readonly channel?: string;

  /**
   * A Secret with a connection string as `address`, or a token of Azure as `token`.
   *
   * @default - none: workload identity
   */
  readonly secret?: FluxSecret;

  /**
   * The service account whose workload identity sends; the controller needs the feature gate `ObjectLevelWorkloadIdentity`.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;
}

/** A repository at a Git server with an API. */
export interface GitProviderProps {
  /** URL of the repository. */
  readonly address: string;

  /** A Secret with a `token` of the server's API. */
  readonly secret: FluxSecret;
}

/** A repository whose commits get a status. */
export interface CommitStatusProviderProps extends GitProviderProps {
  /**
   * A CEL expression over `event`, `alert` and `provider` that says what the status is called.
   *
   * @default - Flux's: kind, name and an id of the Provider
   */
  readonly commitStatusExpr?: string;
}

/** A repository of Bitbucket Server whose commits get a status. */
export interface BitbucketServerProviderProps extends CommitStatusProviderProps {
  /**
   * The user name.
   *
   * @default - that of the Secret
   */
  readonly username?: string;
}

/** A repository of Azure DevOps whose commits get a status. */
export interface AzureDevOpsProviderProps {
  /** URL of the repository: `https://dev.azure.com/<organization>/<project>/_git/<repository>`. */
  readonly address: string;

  /**
   * A CEL expression over `event`, `alert` and `provider` that says what the status is called.
   *
   * @default - Flux's: kind, name and an id of the Provider
   */
  readonly commitStatusExpr?: string;

  /**
   * A Secret with a personal access token as `token`.
   *
   * @default - none: workload identity
   */
  readonly secret?: FluxSecret;

  /**
   * The service account whose workload identity logs in; the controller needs the feature gate `ObjectLevelWorkloadIdentity`.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;
}
