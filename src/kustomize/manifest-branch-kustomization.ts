import { Construct, IConstruct } from 'constructs';
import { FluxKustomization, FluxKustomizationOptions } from './flux-kustomization';
import { constructError, objectNameOf } from '../format';
import { appliedAs, appNameOf, claim, Destination, markDestination, ownClaim, requireBranch, requireRepository } from '../routing';
import { FluxGitSource } from '../source';

/** What a ManifestBranchKustomization takes. */
export interface ManifestBranchKustomizationProps extends FluxKustomizationOptions {
  /** The branch to apply: a source with a branch as its reference. */
  readonly source: FluxGitSource;

  /**
   * What goes to the branch; more with `deliver`.
   *
   * @default - nothing yet
   */
  readonly workloads?: IConstruct[];

  /**
   * What the output folder and `publish --remote` call the repository.
   *
   * @default - the last segment of the source's URL
   */
  readonly repositoryName?: string;
}

/**
 * The Kustomization that applies a branch of a manifest repository and, in a FluxApp, the claim that sends its workloads
 * there, with a `kustomization.yaml` of the branch's own. In a plain `cdk8s.App` the workloads stay in their chart's file.
 *
 * Unnamed, it is named like its branch. For a branch that another app fills, take a FluxKustomization: a FluxApp refuses to leave the
 * branch of this one empty.
 *
 * @throws if the source is missing or follows anything but a branch, or a workload is delivered elsewhere too
 */
export class ManifestBranchKustomization extends FluxKustomization {
  private readonly _destination: Destination;
  private readonly _source: FluxGitSource;

  constructor(scope: Construct, id: string, props: ManifestBranchKustomizationProps) {
    const branch = props.source?.ref?.branchName;
    super(scope, id, { ...props, name: props.name ?? (branch === undefined ? 'no-branch' : objectNameOf(branch)) });
    if (branch === undefined) {
      throw constructError(this, 'its source follows no branch', 'Give a FluxGitSource with ref: GitRef.branch(...), or use FluxKustomization');
    }
    requireBranch(this, branch);
    appNameOf(this); // A FluxApp without a name is told of here.
    this._source = props.source;
    this._destination = {
      owner: this,
      role: 'manifests',
      repository: requireRepository(this, props.source.url, props.repositoryName),
      branch,
      path: '',
      applied: appliedAs(props),
    };
    markDestination(this, this._destination);
    this._apply(this._destination);
    this.deliver(...props.workloads ?? []);
  }

  /**
   * Sends constructs, with all that is below them, to the branch.
   *
   * @throws if one of them is delivered already
   */
  public deliver(...workloads: IConstruct[]): void {
    for (const workload of workloads) {
      claim(workload, { by: this, destination: this._destination });
      // What makes Flux read the branch cannot come from the branch.
      [this, this._source]
        .filter((object) => object.node.scopes.includes(workload) && !ownClaim(object))
        .forEach((object) => claim(object, { by: object }));
    }
  }
}
