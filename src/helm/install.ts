import { HelmChartActionOptions } from './action-options';
import { HelmCrdsPolicy } from './crds-policy';
import { HelmInstallStrategy } from './install-strategy';

/** How Flux installs a release. */
export interface HelmInstall extends HelmChartActionOptions {
  /**
   * What to do when it fails.
   *
   * @default - Flux's: it stays failed until chart or values change
   */
  readonly strategy?: HelmInstallStrategy;

  /**
   * What becomes of the chart's CustomResourceDefinitions.
   *
   * @default - Flux's: HelmCrdsPolicy.CREATE
   */
  readonly crds?: HelmCrdsPolicy;

  /**
   * Whether to leave out the chart's CustomResourceDefinitions. helm-controller 1.6 no longer looks at it.
   *
   * @deprecated use `crds: HelmCrdsPolicy.SKIP`
   * @default - nothing
   */
  readonly skipCRDs?: boolean;

  /**
   * Whether to make the namespace that `targetNamespace` names. An uninstall leaves it.
   *
   * @default false
   */
  readonly createNamespace?: boolean;

  /**
   * Whether the API server merges, in place of Helm.
   *
   * @default - Flux's: true
   */
  readonly serverSideApply?: boolean;

  /**
   * Whether to take over a name that a deleted release left in the history.
   *
   * @default false
   */
  readonly replace?: boolean;
}
