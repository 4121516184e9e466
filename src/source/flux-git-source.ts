import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IFluxSource } from './flux-source';
import { GitProvider } from './git-provider';
import { GitRef } from './git-ref';
import { importedSource, SOURCE_API_VERSION } from './imported-source';
import { FluxObject, FluxObjectOptions, FluxSecret, FluxSecretLayout } from '../flux';
import { constructError, DurationUnits, objectNameOf } from '../format';
import { requireGiven } from '../routing';

const KIND = 'GitRepository';

/** Which signatures Flux verifies. */
export enum GitVerificationMode {
  /** The commit that is checked out. */
  HEAD = 'HEAD',
  /** The tag. */
  TAG = 'Tag',
  /** Both. */
  TAG_AND_HEAD = 'TagAndHEAD',
}

/** Verification of signatures. */
export interface GitVerification {
  /** The public keys of those who may sign. */
  readonly secret: FluxSecret;

  /**
   * What must be signed.
   *
   * @default GitVerificationMode.HEAD
   */
  readonly mode?: GitVerificationMode;
}

/** Another repository's content, copied into this one's artifact. */
export interface GitInclude {
  /** The other source: a GitRepository in the same namespace. */
  readonly repository: IFluxSource;

  /**
   * Path in the other repository.
   *
   * @default - its root
   */
  readonly fromPath?: string;

  /**
   * Path to copy it to.
   *
   * @default - the name of the other source
   */
  readonly toPath?: string;
}

/** What a GitRepository takes beside its URL and reference. */
export interface FluxGitSourceOptions extends FluxObjectOptions {
  /**
   * How often Flux looks for a new revision.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * How long an operation such as a clone may take; written in minutes and smaller, for the API server refuses hours here.
   *
   * @default - Flux's: 60 seconds
   */
  readonly timeout?: Duration;

  /**
   * The credential for the repository, in the namespace of this object.
   *
   * @default - none
   */
  readonly secret?: FluxSecret;

  /**
   * How to log in, where it is not the Secret that says so.
   *
   * @default - as the Secret says: provider `github` for a GitHub App, else Flux's own default, `generic`
   */
  readonly provider?: GitProvider;

  /**
   * The proxy to go through.
   *
   * @default - none
   */
  readonly proxySecret?: FluxSecret;

  /**
   * Paths to leave out of the artifact, in the format of `.sourceignore`, several lines in one text.
   *
   * @default - the `.sourceignore` file of the repository
   */
  readonly ignore?: string;

  /**
   * Directories to check out; all others are left out.
   *
   * @default - everything
   */
  readonly sparseCheckout?: string[];

  /**
   * Whether to fetch submodules, with the same credential.
   *
   * @default false
   */
  readonly recurseSubmodules?: boolean;

  /**
   * Other sources to copy into the artifact.
   *
   * @default - none
   */
  readonly include?: GitInclude[];

  /**
   * Verification of signatures.
   *
   * @default - none
   */
  readonly verify?: GitVerification;

  /**
   * Whether Flux stops looking for new revisions.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/** What a GitRepository takes. */
export interface FluxGitSourceProps extends FluxGitSourceOptions {
  /** `https://`, `http://` or `ssh://`; no credential in it, no scp style (`git@host:path`). */
  readonly url: string;

  /** What to follow. */
  readonly ref: GitRef;
}

/**
 * A GitRepository (`source.toolkit.fluxcd.io/v1`): a reference of a Git repository that source-controller watches.
 *
 * Unnamed, it is named like its branch: lower case, each run of other characters turned into one hyphen. With another kind
 * of reference a `name` is required.
 *
 * @throws if the URL or the reference is missing, the URL is not one that Flux reads or carries a credential, the name is missing or no DNS label, or a Secret
 *   does not hold what the field reads
 */
export class FluxGitSource extends FluxObject implements IFluxSource {
  /**
   * A GitRepository that is made elsewhere, such as bootstrap's `flux-system`.
   *
   * @throws if the name is missing
   */
  public static fromGitRepositoryName(scope: Construct, id: string, name: string, namespace?: string): IFluxSource {
    return importedSource(scope, id, KIND, name, namespace);
  }

  public readonly sourceApiVersion: string = SOURCE_API_VERSION;
  public readonly sourceKind: string = KIND;
  public readonly sourceName: string;
  public readonly sourceNamespace: string;

  /** The repository. */
  public readonly url: string;

  /** What is followed. */
  public readonly ref: GitRef;

  private readonly _props: FluxGitSourceProps;

  constructor(scope: Construct, id: string, props: FluxGitSourceProps) {
    // Without a reference any name will do: that it is missing is said below, where there is a path to say it with.
    const defaultName = props.ref ? objectNameOf(props.ref.branchName ?? '') : 'no-ref';
    super(scope, id, { ...props, apiVersion: SOURCE_API_VERSION, kind: KIND, defaultName });
    requireGiven(this, 'ref', props.ref, "Say what to follow: GitRef.branch('...')");
    requireGiven(this, 'url', props.url, 'Give the URL of the Git repository');
    this._props = props;
    this.sourceName = this.objectName;
    this.sourceNamespace = this.objectNamespace;
    this.url = props.url;
    this.ref = props.ref;
    this.check();
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    return {
      url: props.url,
      ref: props.ref._toSpec(),
      interval: this._duration('interval', props.interval ?? Duration.minutes(1)),
      timeout: this._duration('timeout', props.timeout, DurationUnits.UP_TO_MINUTES),
      secretRef: props.secret?._toReference(),
      ...props.provider?._toSpec() ?? { provider: this.impliedProvider() },
      proxySecretRef: props.proxySecret?._toReference(),
      ignore: props.ignore,
      sparseCheckout: props.sparseCheckout,
      recurseSubmodules: props.recurseSubmodules,
      include: props.include?.map(({ repository, fromPath, toPath }) => ({ repository: { name: repository.sourceName }, fromPath, toPath })),
      verify: props.verify && { mode: props.verify.mode ?? GitVerificationMode.HEAD, secretRef: props.verify.secret._toReference() },
      suspend: props.suspend,
    };
  }

  /** Flux reads a GitHub App only where it is told to. Over ssh it would not, and the Secret is refused. */
  private impliedProvider(): string | undefined {
    const { secret, url } = this._props;
    return secret?.layout === FluxSecretLayout.GITHUB_APP && !url.startsWith('ssh://') ? 'github' : undefined;
  }

  private check(): void {
    const { include, secret, proxySecret, verify } = this._props;
    // What is included is named by its name alone: no rule over the rendered object could see it.
    for (const { repository } of include ?? []) {
      if (repository.sourceKind !== KIND || repository.sourceNamespace !== this.objectNamespace) {
        throw constructError(
          this,
          `cannot include ${repository.sourceKind} '${repository.sourceNamespace}/${repository.sourceName}'`,
          `Include a GitRepository of namespace '${this.objectNamespace}'`,
        );
      }
    }
    this._check({ 'secretRef': secret, 'proxySecretRef': proxySecret, 'verify.secretRef': verify?.secret });
  }
}
