/** What becomes of the CustomResourceDefinitions in the `crds` folder of a chart. */
export enum HelmCrdsPolicy {
  /** They are neither made nor changed. */
  SKIP = 'Skip',
  /** New ones are made; those that exist stay as they are. */
  CREATE = 'Create',
  /** New ones are made, those that exist are replaced. */
  CREATE_REPLACE = 'CreateReplace',
}
