/** The kinds of Flux whose events an Alert tells of, and which a Receiver may have looked at. */
export enum FluxKind {
  /** What source-controller fetches from a bucket. */
  BUCKET = 'Bucket',
  /** What source-controller fetches from a Git repository. */
  GIT_REPOSITORY = 'GitRepository',
  /** What source-controller fetches from an OCI registry. */
  OCI_REPOSITORY = 'OCIRepository',
  /** An index of Helm charts. */
  HELM_REPOSITORY = 'HelmRepository',
  /** A Helm chart that source-controller fetches or packs. */
  HELM_CHART = 'HelmChart',
  /** What another controller than Flux's makes. */
  EXTERNAL_ARTIFACT = 'ExternalArtifact',
  /** What source-watcher puts together from other sources. */
  ARTIFACT_GENERATOR = 'ArtifactGenerator',
  /** What kustomize-controller applies. */
  KUSTOMIZATION = 'Kustomization',
  /** What helm-controller installs. */
  HELM_RELEASE = 'HelmRelease',
  /** The tags of an image. */
  IMAGE_REPOSITORY = 'ImageRepository',
  /** Which tag of an image to take. */
  IMAGE_POLICY = 'ImagePolicy',
  /** What writes new tags into a Git repository. */
  IMAGE_UPDATE_AUTOMATION = 'ImageUpdateAutomation',
}

const API_VERSIONS: { readonly [kind in FluxKind]: string } = {
  [FluxKind.BUCKET]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.GIT_REPOSITORY]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.OCI_REPOSITORY]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.HELM_REPOSITORY]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.HELM_CHART]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.EXTERNAL_ARTIFACT]: 'source.toolkit.fluxcd.io/v1',
  [FluxKind.ARTIFACT_GENERATOR]: 'source.extensions.fluxcd.io/v1beta1',
  [FluxKind.KUSTOMIZATION]: 'kustomize.toolkit.fluxcd.io/v1',
  [FluxKind.HELM_RELEASE]: 'helm.toolkit.fluxcd.io/v2',
  [FluxKind.IMAGE_REPOSITORY]: 'image.toolkit.fluxcd.io/v1',
  [FluxKind.IMAGE_POLICY]: 'image.toolkit.fluxcd.io/v1',
  [FluxKind.IMAGE_UPDATE_AUTOMATION]: 'image.toolkit.fluxcd.io/v1',
};

/** The version in which Flux serves a kind; undefined if it is no kind of `FluxKind`. */
export function apiVersionOf(kind: string): string | undefined {
  return Object.hasOwn(API_VERSIONS, kind) ? API_VERSIONS[kind as FluxKind] : undefined;
}
