import { IConstruct } from 'constructs';
import { IFluxImagePolicy } from './flux-image-policy';
import { ImageMarkerPart } from './image-marker';
import { constructError } from '../format';
import { FieldPathError, FieldStep, followFieldPath, ImageMarkField, markImages, parseFieldPath, requireGiven, showFieldPath } from '../routing';

/** Where the kinds of Kubernetes, and many others, have the pods that they make. */
const POD_PATHS = ['spec.template.spec', 'spec.jobTemplate.spec.template.spec', 'spec', 'template.spec'].map(parseFieldPath);

const KUSTOMIZE_PARTS: readonly [string, ImageMarkerPart][] = [
  ['newName', ImageMarkerPart.NAME], ['newTag', ImageMarkerPart.TAG], ['digest', ImageMarkerPart.DIGEST],
];
const HELM_PARTS: readonly [string, ImageMarkerPart][] = [
  ['repository', ImageMarkerPart.NAME], ['tag', ImageMarkerPart.TAG], ['digest', ImageMarkerPart.DIGEST],
];

/** Fields of what an object renders, each with the part of an image that it holds. */
type Found = { readonly steps: readonly FieldStep[]; readonly part?: ImageMarkerPart }[];

/**
 * Marks images, so that a FluxImageUpdateAutomation sets them to what a policy chooses: a FluxApp writes the comment
 * `# {"$imagepolicy": "<namespace>:<policy>"}` behind the value. `cdk8s-fluxcd publish` leaves what an automation has set until the app
 * itself says another image.
 *
 * What is marked has to be there when the app is rendered, as text on one line: a patch that moves it is told as an error. In a plain
 * `cdk8s.App`, which writes its files by itself, there are no comments.
 */
export class ImageMarkers {
  /**
   * Marks the image of a container, of whatever makes pods: a Deployment, a CronJob, a Pod, also of cdk8s-plus.
   *
   * @param workload the ApiObject, or a construct whose `defaultChild` it is
   * @param policy chooses the image
   * @param container name of the container, or init container; default: the only container
   * @throws if the construct has no object of its own
   */
  public static markImage(workload: IConstruct, policy: IFluxImagePolicy, container?: string): void {
    mark(workload, policy, (json) => {
      const pod = POD_PATHS.find((path) => Array.isArray(valueAt(json, path)?.containers));
      if (!pod) {
        throw new FieldPathError('it renders no containers whose image could be marked', 'Mark the field itself: ImageMarkers.markField()');
      }
      const { containers, initContainers = [] } = valueAt(json, pod);
      const names: string[] = [...containers, ...initContainers].map(({ name }) => name);
      if (container === undefined && containers.length !== 1) {
        throw new FieldPathError(`it renders ${containers.length} containers, and none is named whose image to mark`, `Name one of ${list(names)}`);
      } else if (container !== undefined && !names.includes(container)) {
        throw new FieldPathError(`it renders no container '${container}' whose image could be marked`, `Name one of ${list(names)}`);
      }
      const name = container ?? containers[0].name;
      const among = containers.some((one: any) => one.name === name) ? 'containers' : 'initContainers';
      return [{ steps: [...pod, among, { key: 'name', value: name }, 'image'] }];
    });
  }

  /**
   * Marks an entry of `images` of a FluxKustomization, or of a kustomization: those of `newName`, `newTag` and `digest` that it has.
   *
   * @param kustomization the construct
   * @param image `name` of the entry
   * @param policy chooses the image
   * @throws if the construct has no object of its own
   */
  public static markKustomizeImage(kustomization: IConstruct, image: string, policy: IFluxImagePolicy): void {
    mark(kustomization, policy, (json) => {
      const entry = [...json?.spec?.images ? ['spec'] : [], 'images', { key: 'name', value: image }];
      return parts(json, entry, KUSTOMIZE_PARTS);
    });
  }

  /**
   * Marks an image in the values of a FluxHelmRelease: a text that is the whole image, or a map with `tag`, and `repository` and `digest`
   * where they are given. Where `registry` stands beside `repository`, the two are left alone.
   *
   * @param helmRelease the construct
   * @param path where in `values` it is, such as `image` or `web.image`
   * @param policy chooses the image
   * @throws if the construct has no object of its own, or the path is none
   */
  public static markHelmImage(helmRelease: IConstruct, path: string, policy: IFluxImagePolicy): void {
    const steps = ['spec', 'values', ...parsed(helmRelease, path)];
    mark(helmRelease, policy, (json) => {
      const { value } = followFieldPath(json, steps);
      const apart = Boolean((value as any)?.registry);
      return typeof value === 'string' ? [{ steps }] : parts(json, steps, HELM_PARTS.filter(([field]) => !(apart && field === 'repository')));
    });
  }

  /**
   * Marks any field of any object, such as `spec.template.spec.containers[name=web].image`, `spec.values.sidecars[0].image` or
   * `spec.values["my.key"].tag`. Items of a list that have names are said by their names, since an index may be another item's tomorrow.
   *
   * @param construct the ApiObject, or a construct whose `defaultChild` it is
   * @param field path of the field in what is rendered
   * @param policy chooses the image
   * @param part the part of the image that stands there; default: name and tag, and the digest if the policy says one
   * @throws if the construct has no object of its own, the path is none, or the part is the digest and the policy says none
   */
  public static markField(construct: IConstruct, field: string, policy: IFluxImagePolicy, part?: ImageMarkerPart): void {
    const steps = parsed(construct, field);
    mark(construct, policy, () => [{ steps, part }]);
    policy.marker(part);
  }

  private constructor() {}
}

function mark(construct: IConstruct, policy: IFluxImagePolicy, find: (json: any) => Found): void {
  requireGiven(construct, 'policy', policy, 'Give a FluxImagePolicy, or FluxImagePolicy.fromImagePolicyName()');
  markImages(construct, {
    policy: `${policy.imagePolicyNamespace}/${policy.imagePolicyName}`,
    fieldsOf: (json) => find(json).map(({ steps, part }): ImageMarkField => ({
      ...followFieldPath(json, steps), field: showFieldPath(steps), marker: policy.marker(part), digest: part === ImageMarkerPart.DIGEST,
    })),
  });
}

/** The fields of an image that is written in parts. */
function parts(json: any, steps: readonly FieldStep[], names: readonly [string, ImageMarkerPart][]): Found {
  const image: any = followFieldPath(json, steps).value;
  const found = names.filter(([field]) => image?.[field] !== undefined);
  if (!found.length) {
    throw new FieldPathError(`'${showFieldPath(steps)}' holds nothing that could be marked`, `Give one of ${list(names.map(([field]) => field))}`);
  }
  return found.map(([field, part]) => ({ steps: [...steps, field], part }));
}

function valueAt(json: any, path: readonly FieldStep[]): any {
  return path.reduce((at, step) => at?.[step as string], json);
}

function parsed(construct: IConstruct, path: string): FieldStep[] {
  try {
    return parseFieldPath(path);
  } catch (error) {
    const { problem, remedy } = error as FieldPathError;
    throw constructError(construct, problem, remedy);
  }
}

function list(names: string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
