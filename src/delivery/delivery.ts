import { Construct, IConstruct } from 'constructs';
import { FluxCluster } from './flux-cluster';
import { DependsOnOptions } from '../flux';
import { constructError } from '../format';
import { FluxKustomization, IFluxKustomization } from '../kustomize';
import { IFluxSource } from '../source';

/** The two Flux objects that a delivery makes for one cluster. */
export interface DeliveryObjects {
  /**
   * The cluster; absent where the app names none.
   *
   * @default - none
   */
  readonly cluster?: FluxCluster;

  /** Where Flux reads. */
  readonly source: IFluxSource;

  /** What it applies. */
  readonly kustomization: FluxKustomization;
}

/**
 * Where rendered files go, with the source and the Kustomization that make Flux read and apply them: one of each for every
 * cluster, all named like the delivery.
 *
 * It is made by a repository (`ManifestRepository.branch()`), and can stand wherever a Kustomization to depend on is asked for.
 */
export abstract class Delivery extends Construct implements IFluxKustomization {
  /** Name of the delivery, its sources and its Kustomizations. */
  public abstract readonly name: string;

  /** Name of its Kustomizations: that of the delivery. */
  public abstract readonly kustomizationName: string;

  /** Namespace of its Kustomizations. */
  public abstract readonly kustomizationNamespace: string;

  /** What was made, one entry for each cluster, or a single one where no cluster is named. */
  public abstract readonly objects: DeliveryObjects[];

  /** The clusters that it is delivered to. */
  public get clusters(): FluxCluster[] {
    return this.objects.flatMap(({ cluster }) => cluster ?? []);
  }

  /**
   * Where Flux reads.
   *
   * @throws with several clusters, which have a source each: take it from `objects`
   */
  public get source(): IFluxSource {
    return this.single('source').source;
  }

  /**
   * What Flux applies.
   *
   * @throws with several clusters, which have a Kustomization each: take it from `objects`
   */
  public get kustomization(): FluxKustomization {
    return this.single('kustomization').kustomization;
  }

  /**
   * Sends constructs, with all that is below them, here.
   *
   * @throws if one of them is delivered already
   */
  public abstract deliver(...constructs: IConstruct[]): void;

  /** Lets every Kustomization of this delivery wait until another is ready. */
  public addDependsOn(kustomization: IFluxKustomization, options: DependsOnOptions = {}): void {
    this.objects.forEach((made) => made.kustomization.addDependsOn(kustomization, options));
  }

  private single(property: string): DeliveryObjects {
    if (this.objects.length !== 1) {
      throw constructError(this, `it has a ${property} for each of ${this.objects.length} clusters`, "Take the one you mean from 'objects'");
    }
    return this.objects[0];
  }
}
