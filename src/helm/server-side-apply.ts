/** How an upgrade or a rollback applies the objects of a release. */
export enum HelmServerSideApply {
  /** The API server merges. */
  ENABLED = 'enabled',
  /** Helm merges. */
  DISABLED = 'disabled',
  /** As the release was applied before. */
  AUTO = 'auto',
}
