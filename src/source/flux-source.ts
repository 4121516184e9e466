import { IConstruct } from 'constructs';

/** Where Flux reads from: what a Kustomization may name as its source. */
export interface IFluxSource extends IConstruct {
  /** API version, such as `source.toolkit.fluxcd.io/v1`. */
  readonly sourceApiVersion: string;

  /** Kind, such as `GitRepository`. */
  readonly sourceKind: string;

  /** `metadata.name`. */
  readonly sourceName: string;

  /** `metadata.namespace`. */
  readonly sourceNamespace: string;
}
