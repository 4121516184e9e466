/** How Flux finds out whether objects are ready. */
export enum HelmWaitStrategy {
  /** As Flux does everywhere: it knows more kinds, and `healthCheckExprs`. */
  POLLER = 'poller',
  /** As Helm 3 did. */
  LEGACY = 'legacy',
}
