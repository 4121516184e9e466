import { FluxObjectOptions } from './flux-object';
import { FluxKubeConfig } from './kube-config';
import { FluxCommonMetadata } from './kustomize-types';

/** What the kinds take that apply other objects. */
export interface FluxApplierOptions extends FluxObjectOptions {
  /**
   * Labels and annotations for all that is applied.
   *
   * @default - none
   */
  readonly commonMetadata?: FluxCommonMetadata;

  /**
   * The service account in whose name Flux applies; in the namespace of this object.
   *
   * @default - the controller's
   */
  readonly serviceAccountName?: string;

  /**
   * Another cluster to apply to.
   *
   * @default - the one that Flux runs in
   */
  readonly kubeConfig?: FluxKubeConfig;

  /**
   * Whether Flux stops applying. Deleting this object while it is suspended leaves behind what it applied.
   *
   * @default false
   */
  readonly suspend?: boolean;
}
