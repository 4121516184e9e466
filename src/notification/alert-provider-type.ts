import {
  AzureDevOpsProviderProps, AzureEventHubProviderProps, BitbucketServerProviderProps, ChatProviderProps, CommitStatusProviderProps,
  GitProviderProps, GooglePubSubProviderProps, NamedWebhookProviderProps, NatsProviderProps, OtelProviderProps, PagerDutyProviderProps,
  RoomProviderProps, SentryProviderProps, SignedWebhookProviderProps, TelegramProviderProps, TokenProviderProps, WebhookProviderProps,
  ZulipProviderProps,
} from './alert-provider-props';
import { FluxSecret } from '../flux';

/** What the types have between them. */
interface ProviderTypeFields {
  readonly address?: string;
  readonly channel?: string;
  readonly username?: string;
  readonly secret?: FluxSecret;
  readonly serviceAccountName?: string;
  readonly commitStatusExpr?: string;
}

/**
 * Where the messages of a Provider go: a factory for each service, which takes what that service reads and nothing else.
 *
 * Those that set the status of a commit tell only of events that know their commit, and those that comment only of objects
 * with the annotation `event.toolkit.fluxcd.io/change_request`, which has the number of the pull request.
 */
export class AlertProviderType {
  /** Slack: an incoming webhook, or, with a bot's `token`, the API `https://slack.com/api/chat.postMessage`. */
  public static slack(props: ChatProviderProps): AlertProviderType {
    return new AlertProviderType('slack', props);
  }

  /** Discord: a webhook. */
  public static discord(props: NamedWebhookProviderProps): AlertProviderType {
    return new AlertProviderType('discord', props);
  }

  /** Microsoft Teams: a webhook. */
  public static msteams(props: WebhookProviderProps): AlertProviderType {
    return new AlertProviderType('msteams', props);
  }

  /** Rocket.Chat: an incoming webhook. */
  public static rocket(props: ChatProviderProps): AlertProviderType {
    return new AlertProviderType('rocket', props);
  }

  /** Google Chat: a webhook of a space. */
  public static googlechat(props: WebhookProviderProps): AlertProviderType {
    return new AlertProviderType('googlechat', props);
  }

  /** Lark: the webhook of a bot. */
  public static lark(props: WebhookProviderProps): AlertProviderType {
    return new AlertProviderType('lark', props);
  }

  /** Webex: a room, by `https://webexapis.com/v1/messages`. The bot must be in the room. */
  public static webex(props: RoomProviderProps): AlertProviderType {
    return new AlertProviderType('webex', props);
  }

  /** Matrix: a room. */
  public static matrix(props: RoomProviderProps): AlertProviderType {
    return new AlertProviderType('matrix', props);
  }

  /** Telegram: a chat. */
  public static telegram(props: TelegramProviderProps): AlertProviderType {
    return new AlertProviderType('telegram', props);
  }

  /** Zulip: a topic of a channel. */
  public static zulip(props: ZulipProviderProps): AlertProviderType {
    return new AlertProviderType('zulip', props);
  }

  /**
   * Zoom Team Chat: the incoming webhook, with its verification token. Not in notification-controller 1.9.3 and older: an API server with
   * their CRDs refuses it.
   */
  public static zoom(props: SignedWebhookProviderProps): AlertProviderType {
    return new AlertProviderType('zoom', props);
  }

  /** A webhook that takes events as JSON. The Secret may have `headers` to send along. */
  public static generic(props: WebhookProviderProps): AlertProviderType {
    return new AlertProviderType('generic', props);
  }

  /** A webhook that takes events as JSON, signed: `X-Signature: sha256=<HMAC>`. */
  public static genericHmac(props: SignedWebhookProviderProps): AlertProviderType {
    return new AlertProviderType('generic-hmac', props);
  }

  /** The Alertmanager of Prometheus: `https://<host>/api/v2/alerts/`. The Secret may have a `token`, or user name and password. */
  public static alertmanager(props: WebhookProviderProps): AlertProviderType {
    return new AlertProviderType('alertmanager', props);
  }

  /** Annotations of Grafana: `https://<host>/api/annotations`. The Secret may have a `token`, or user name and password. */
  public static grafana(props: WebhookProviderProps): AlertProviderType {
    return new AlertProviderType('grafana', props);
  }

  /** Sentry: errors, and a transaction for each other event. */
  public static sentry(props: SentryProviderProps): AlertProviderType {
    return new AlertProviderType('sentry', props);
  }

  /** Opsgenie: alerts, by `https://api.opsgenie.com/v2/alerts`. */
  public static opsgenie(props: TokenProviderProps): AlertProviderType {
    return new AlertProviderType('opsgenie', props);
  }

  /** PagerDuty: incidents for errors, changes for other events. */
  public static pagerduty(props: PagerDutyProviderProps): AlertProviderType {
    return new AlertProviderType('pagerduty', props);
  }

  /** incident.io: an HTTP alert source. Not in notification-controller 1.9.3 and older: an API server with their CRDs refuses it. */
  public static incidentIo(props: TokenProviderProps): AlertProviderType {
    return new AlertProviderType('incident.io', props);
  }

  /** Datadog: events, by an API such as `https://api.datadoghq.com` and an API key. */
  public static datadog(props: TokenProviderProps): AlertProviderType {
    return new AlertProviderType('datadog', props);
  }

  /** An OpenTelemetry collector: traces. */
  public static otel(props: OtelProviderProps): AlertProviderType {
    return new AlertProviderType('otel', props);
  }

  /** NATS: a subject. */
  public static nats(props: NatsProviderProps): AlertProviderType {
    return new AlertProviderType('nats', props);
  }

  /** Google Pub/Sub: a topic. */
  public static googlepubsub(props: GooglePubSubProviderProps): AlertProviderType {
    return new AlertProviderType('googlepubsub', props);
  }

  /** Azure Event Hub. */
  public static azureeventhub(props: AzureEventHubProviderProps): AlertProviderType {
    return new AlertProviderType('azureeventhub', props);
  }

  /** GitHub: a `repository_dispatch` event, which starts workflows. Takes a `FluxSecret.githubApp` too. */
  public static githubdispatch(props: GitProviderProps): AlertProviderType {
    return new AlertProviderType('githubdispatch', props);
  }

  /** GitHub: the status of the commit. Takes a `FluxSecret.githubApp` too. */
  public static github(props: CommitStatusProviderProps): AlertProviderType {
    return new AlertProviderType('github', props);
  }

  /** GitLab: the status of the commit. The address ends in the number of the project: `https://gitlab.com/<number>`. */
  public static gitlab(props: CommitStatusProviderProps): AlertProviderType {
    return new AlertProviderType('gitlab', props);
  }

  /** Gitea: the status of the commit. */
  public static gitea(props: CommitStatusProviderProps): AlertProviderType {
    return new AlertProviderType('gitea', props);
  }

  /** Bitbucket: the status of the commit. The token is `<user>:<app password>`. */
  public static bitbucket(props: CommitStatusProviderProps): AlertProviderType {
    return new AlertProviderType('bitbucket', props);
  }

  /** Bitbucket Server: the status of the commit. The address is the https clone URL, with `/scm/` in it. Takes a `FluxSecret.basicAuth` too. */
  public static bitbucketserver(props: BitbucketServerProviderProps): AlertProviderType {
    return new AlertProviderType('bitbucketserver', props);
  }

  /** Azure DevOps: the status of the commit. */
  public static azuredevops(props: AzureDevOpsProviderProps): AlertProviderType {
    return new AlertProviderType('azuredevops', props);
  }

  /** GitHub: a comment on the pull request. Takes a `FluxSecret.githubApp` too. */
  public static githubpullrequestcomment(props: GitProviderProps): AlertProviderType {
    return new AlertProviderType('githubpullrequestcomment', props);
  }

  /** GitLab: a comment on the merge request. */
  public static gitlabmergerequestcomment(props: GitProviderProps): AlertProviderType {
    return new AlertProviderType('gitlabmergerequestcomment', props);
  }

  /** Gitea: a comment on the pull request. */
  public static giteapullrequestcomment(props: GitProviderProps): AlertProviderType {
    return new AlertProviderType('giteapullrequestcomment', props);
  }

  private constructor(
    /** `spec.type`. */
    public readonly type: string,
    private readonly fields: ProviderTypeFields,
  ) {}

  /** @internal */
  public get _secret(): FluxSecret | undefined {
    return this.fields.secret;
  }

  /** @internal */
  public _toSpec(): any {
    const { address, channel, username, secret, serviceAccountName, commitStatusExpr } = this.fields;
    return { type: this.type, address, channel, username, secretRef: secret?._toReference(), serviceAccountName, commitStatusExpr };
  }
}
