/** How to tell the state of an object of a kind that Flux does not know, by CEL expressions over the object. */
export interface FluxHealthCheckExpr {
  /** API version of the kind. */
  readonly apiVersion: string;

  /**
   * The kind.
   *
   * @default - every kind of the API version
   */
  readonly kind?: string;

  /** True when the object is ready. */
  readonly current: string;

  /**
   * True when it failed.
   *
   * @default - never
   */
  readonly failed?: string;

  /**
   * True while it is on its way.
   *
   * @default - whenever the others are false
   */
  readonly inProgress?: string;
}
