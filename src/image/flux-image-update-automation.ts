import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { ImageAutomationGit, ImageUpdate } from './image-automation-types';
import { ImagePolicySelector } from './image-policy-selector';
import { FluxObject, FluxObjectOptions } from '../flux';
import { constructError, fileNameOf } from '../format';
import { requireGiven } from '../routing';
import { IFluxSource } from '../source';

/** What an ImageUpdateAutomation takes. */
export interface FluxImageUpdateAutomationProps extends FluxObjectOptions {
  /**
   * The repository to write to: a GitRepository whose Secret may push. From another namespace Flux takes the URL and the Secret of the
   * GitRepository, which stays where it is.
   */
  readonly source: IFluxSource;

  /** What it starts from, how it commits, where it pushes. */
  readonly git: ImageAutomationGit;

  /**
   * How often Flux looks for new commits; a policy that chooses another tag is heeded at once.
   *
   * @default Duration.minutes(1) - what `flux create image update` takes too
   */
  readonly interval?: Duration;

  /**
   * Which files it changes.
   *
   * @default - all `.yaml` and `.yml` files of the repository
   */
  readonly update?: ImageUpdate;

  /**
   * Which policies of its namespace count. It never sees those of another.
   *
   * @default - all of its namespace
   */
  readonly policySelector?: ImagePolicySelector;

  /**
   * Whether Flux stops updating.
   *
   * @default false
   */
  readonly suspend?: boolean;
}

/**
 * An ImageUpdateAutomation (`image.toolkit.fluxcd.io/v1`): sets marked values in a Git repository to what the image policies of its own namespace
 * chose, commits and pushes.
 *
 * Unnamed, it is named like the construct's id. It re-formats each file that it changes. Two that push to one branch race.
 *
 * @throws if the source, `git` or the author's e-mail address is missing, the source is no GitRepository, the name is no DNS label, there is no
 *   branch to push to, the message template uses fields that were removed, or the Secret does not hold a key of the kind that signs
 */
export class FluxImageUpdateAutomation extends FluxObject {
  /** The repository that it writes to. */
  public readonly source: IFluxSource;

  private readonly _props: FluxImageUpdateAutomationProps;

  constructor(scope: Construct, id: string, props: FluxImageUpdateAutomationProps) {
    super(scope, id, { ...props, apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageUpdateAutomation', defaultName: fileNameOf(id) });
    requireGiven(this, 'source', props.source, 'Give a FluxGitSource, or FluxGitSource.fromGitRepositoryName()');
    requireGiven(this, 'git', props.git, "Give it, with 'commit.author.email'");
    requireGiven(this, 'git.commit.author.email', props.git.commit?.author?.email, 'Say who the commits are from');
    this._props = props;
    this.source = props.source;
    const { sourceKind: kind, sourceNamespace: namespace, sourceName: name } = props.source;
    if (kind !== 'GitRepository') {
      throw constructError(this, `cannot write to ${kind} '${namespace}/${name}'`, 'Give a GitRepository: Flux updates images in Git only');
    }
    this._check({ 'git.commit.signingKey.secretRef': props.git.commit.signingKey?._secret });
  }

  /** @internal */
  protected _toSpec(): any {
    const { source, git: { checkout, commit, push }, interval, update, policySelector, suspend } = this._props;
    const { sourceKind: kind, sourceName: name, sourceNamespace: namespace } = source;
    return {
      sourceRef: { kind, name, namespace: this._otherNamespace(namespace) },
      interval: this._duration('interval', interval ?? Duration.minutes(1)),
      git: {
        checkout: checkout && { ref: checkout.ref._toSpec() },
        commit: {
          author: { email: commit.author.email, name: commit.author.name },
          messageTemplate: commit.messageTemplate,
          messageTemplateValues: commit.messageTemplateValues,
          signingKey: commit.signingKey?._toSpec(),
        },
        push: push && { branch: push.branch, refspec: push.refspec, options: push.options },
      },
      update: update && { path: update.path, strategy: update.strategy },
      policySelector: policySelector && {
        matchLabels: policySelector.matchLabels,
        matchExpressions: policySelector.matchExpressions?.map((label) => label._toSpec()),
      },
      suspend,
    };
  }
}
