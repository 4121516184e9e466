import { Construct, IConstruct } from 'constructs';
import { Delivery, DeliveryObjects } from './delivery';
import { DeliveryOptions } from './delivery-options';
import { FluxCluster } from './flux-cluster';
import { constructError, isDnsLabel, MAX_OBJECT_NAME } from '../format';
import { FluxKustomization, KustomizationDecryption } from '../kustomize';
import { appliedAs, appNameOf, claim, Destination, destinationOf, markDestination, Place } from '../routing';
import { IFluxSource } from '../source';

/** What the repository or registry adds to the options of a delivery. */
interface PlaceDeliveryProps {
  readonly place: Place;
  /** What messages call the place, such as `branch 'cart'`. */
  readonly title: string;
  /** Name of the delivery where the options give none. */
  readonly defaultName: string;
  /** Those of the Kustomization, the name and the namespace. */
  readonly options: DeliveryOptions;
  readonly clusters: readonly FluxCluster[];
  /** More said about the source, in which neither name nor namespace may stand. */
  readonly source: { readonly name?: string; readonly namespace?: string };
  /** What to decrypt with if neither the delivery nor what is delivered says. */
  readonly decryption?: KustomizationDecryption;
  /** Throws if the place cannot be; called with the delivery, for messages. */
  check(delivery: Construct): void;
  makeSource(scope: Construct, common: { readonly name: string; readonly namespace?: string }): IFluxSource;
}

/**
 * A delivery to a place of any kind; not exported from the room, so that Delivery stays closed.
 *
 * The Kustomization is the same for every kind, but for source and path: it is what Flux remembers the objects by.
 */
export class PlaceDelivery extends Delivery {
  public readonly name: string;
  public readonly kustomizationName: string;
  public readonly kustomizationNamespace: string;
  public readonly objects: DeliveryObjects[];
  private readonly destination: Destination;

  constructor(scope: Construct, id: string, props: PlaceDeliveryProps) {
    super(scope, escaped(id));
    const { place, options: { clusters: _, ...options }, source } = props;
    props.check(this);
    appNameOf(this); // A FluxApp without a name is told of here.
    this.name = options.name ?? props.defaultName;
    if (!isDnsLabel(this.name)) {
      throw constructError(
        this,
        `'${this.name}' cannot name the Flux objects of ${props.title}`,
        `Give a 'name' of lower-case letters, digits and hyphens, at most ${MAX_OBJECT_NAME} characters`,
      );
    }
    if (source.name !== undefined || source.namespace !== undefined) {
      throw constructError(this, "'name' and 'namespace' of its source are those of the delivery", "Give them beside 'source', not in it");
    }
    this.destination = { ...place, owner: this, role: 'manifests', applied: appliedAs(options) };
    markDestination(this, this.destination);
    const kustomization = { ...options, path: place.path ? `./${place.path}` : './' };
    this.objects = (props.clusters.length ? [...new Set(props.clusters)] : [undefined]).map((cluster) => {
      const scopeOfCluster = cluster ? new Construct(this, escaped(cluster.node.path)) : this;
      const common = { name: this.name, namespace: options.namespace };
      const from = props.makeSource(scopeOfCluster, common);
      const made = { cluster, source: from, kustomization: new FluxKustomization(scopeOfCluster, 'kustomization', { ...kustomization, ...common, source: from }) };
      made.kustomization._apply(this.destination, props.decryption);
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
