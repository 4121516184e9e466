import { Construct, IConstruct } from 'constructs';
import { FluxKustomization } from '../kustomize';

/**
 * A cluster, as the Flux config repository knows it: the directory of this app's Flux objects there, and the Kustomization
 * `<app>-config` that applies it. It is made by `FluxConfigRepository.cluster()`.
 */
export abstract class FluxCluster extends Construct {
  /** Name of the cluster. */
  public abstract readonly name: string;

  /** The directory that bootstrap watches, `clusters/<name>` unless told otherwise. */
  public abstract readonly path: string;

  /** The Kustomization `<app>-config`; undefined in a plain `cdk8s.App`, which delivers nothing. */
  public abstract readonly kustomization?: FluxKustomization;

  /**
   * Sends constructs, with all that is below them, to this app's directory for the cluster.
   *
   * @throws if one of them is delivered already
   */
  public abstract deliver(...constructs: IConstruct[]): void;
}
