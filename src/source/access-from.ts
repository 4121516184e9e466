/** Namespaces whose objects may refer to this one, beside its own. */
export interface FluxAccessFrom {
  /** Namespaces by their labels; one selector that matches is enough. */
  readonly namespaceSelectors: FluxNamespaceSelector[];
}

/** Namespaces by their labels. */
export interface FluxNamespaceSelector {
  /**
   * Labels that a namespace must have, all of them.
   *
   * @default - every namespace
   */
  readonly matchLabels?: { readonly [label: string]: string };
}
