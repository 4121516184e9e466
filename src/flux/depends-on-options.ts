/** More said about one dependency. */
export interface DependsOnOptions {
  /**
   * A CEL expression over `self` and `dep` that says when the dependency is ready.
   *
   * It REPLACES the controller's own check: AND `dep.status.conditions` Ready=True and
   * `dep.metadata.generation == dep.status.observedGeneration` into it.
   *
   * @default - the controller's check: Ready, at its latest generation
   */
  readonly readyExpr?: string;
}
