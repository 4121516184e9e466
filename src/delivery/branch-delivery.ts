import { Construct, IConstruct } from 'constructs';
import { Delivery, DeliveryObjects } from './delivery';
import { BranchDeliveryOptions } from './delivery-options';
import { FluxCluster } from './flux-cluster';
import { constructError, isDnsLabel, MAX_OBJECT_NAME, objectNameOf } from '../format';
import { FluxKustomization, KustomizationDecryption } from '../kustomize';
import { appNameOf, claim, Destination, destinationOf, markDestination, Repository, requireBranch } from '../routing';
import { FluxGitSource, GitRef } from '../source';

/** What the repository adds to the options. */
interface BranchDeliveryProps extends BranchDeliveryOptions {
  readonly repository: Repository;
  readonly clusters: FluxCluster[];
  /** What to decrypt with if neither the delivery nor what is delivered says. */
  readonly repositoryDecryption?: KustomizationDecryption;
}

/** A delivery to a branch of its own; not exported from the room, so that Delivery stays closed. */
export class BranchDelivery extends Delivery {
  public readonly name: string;
  public readonly kustomizationName: string;
  public readonly kustomizationNamespace: string;
  public readonly objects: DeliveryObjects[];
  private readonly destination: Destination;

  constructor(scope: Construct, branch: string, props: BranchDeliveryProps) {
    super(scope, `branch ${escaped(branch)}`);
    requireBranch(this, branch);
    appNameOf(this); // A FluxApp without a name is told of here.
    const { repository, clusters, source, secret, repositoryDecryption, ...kustomization } = props;
    this.name = props.name ?? objectNameOf(branch);
    if (!isDnsLabel(this.name)) {
      throw constructError(
        this,
        `'${this.name}' cannot name the Flux objects of branch '${branch}'`,
        `Give a 'name' of lower-case letters, digits and hyphens, at most ${MAX_OBJECT_NAME} characters`,
      );
    }
    if (source?.name !== undefined || source?.namespace !== undefined) {
      throw constructError(this, "'name' and 'namespace' of its source are those of the delivery", "Give them beside 'source', not in it");
    }
    this.destination = { owner: this, role: 'manifests', repository, branch, path: '', targetNamespace: props.targetNamespace };
    markDestination(this, this.destination);
    this.objects = (clusters.length ? [...new Set(clusters)] : [undefined]).map((cluster) => {
      const scopeOfCluster = cluster ? new Construct(this, escaped(cluster.node.path)) : this;
      const common = { name: this.name, namespace: props.namespace };
      const git = new FluxGitSource(scopeOfCluster, 'source', { url: repository.url, ref: GitRef.branch(branch), ...source, ...common });
      const made = { cluster, source: git, kustomization: new FluxKustomization(scopeOfCluster, 'kustomization', { ...kustomization, ...common, source: git }) };
      made.kustomization._apply(this.destination, repositoryDecryption);
      const destination = cluster && destinationOf(cluster);
      for (const object of [made.source, made.kustomization]) {
        claim(object, { by: this, destination, fileName: this.name });
      }
      return made;
    });
    this.kustomizationName = this.name;
    this.kustomizationNamespace = this.objects[0].kustomization.kustomizationNamespace;
  }

  public deliver(...constructs: IConstruct[]): void {
    constructs.forEach((construct) => claim(construct, { by: this, destination: this.destination }));
  }
}

/** `constructs` turns a slash in an id into `--`, and would take `a/b` for `a--b`. */
function escaped(text: string): string {
  return text.replace(/%/g, '%25').replace(/\//g, '%2F');
}
