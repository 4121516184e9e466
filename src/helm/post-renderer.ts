import { KustomizeImage, KustomizePatch } from '../flux';

/** What of a chart's hooks post-renderers see. */
export enum HelmPostRenderStrategy {
  /** Nothing, as with Helm 3. */
  NO_HOOKS = 'nohooks',
  /** Hooks and templates together. */
  COMBINED = 'combined',
  /** Hooks and templates, one after the other. */
  SEPARATE = 'separate',
}

/** What kustomize changes in a rendered chart. */
export interface HelmKustomizeOptions {
  /**
   * Patches.
   *
   * @default - none
   */
  readonly patches?: KustomizePatch[];

  /**
   * Other images.
   *
   * @default - none
   */
  readonly images?: KustomizeImage[];
}

/** A change to what a chart renders, before it is applied: for what the chart has no value for. */
export class HelmPostRenderer {
  /** A change by kustomize. */
  public static kustomize(options: HelmKustomizeOptions): HelmPostRenderer {
    return new HelmPostRenderer({ kustomize: { patches: options.patches, images: options.images } });
  }

  private constructor(private readonly fields: any) {}

  /** @internal */
  public _toSpec(): any {
    return this.fields;
  }
}
