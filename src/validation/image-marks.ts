import { ApiObject } from 'cdk8s';
import { complaint, LineComment } from '../format';
import { Destination, FieldPathError, ImageMarkField, imageMarksOn } from '../routing';
import { ExistingObject, isFluxObject, itemsOf } from '../rules';

/** A field that carries an image marker. */
export interface MarkedField extends ImageMarkField {
  readonly object: ApiObject;
  /** `namespace/name` of the ImagePolicy. */
  readonly policy: string;
}

/**
 * Finds the marked fields of an object.
 *
 * @param json what it renders, patches and all
 * @param errors where to say what is wrong
 */
export function markedFieldsOf(object: ApiObject, json: any, errors: string[]): MarkedField[] {
  const byField = new Map<string, MarkedField>();
  for (const mark of imageMarksOn(object)) {
    try {
      for (const found of mark.fieldsOf(json)) {
        const place = JSON.stringify(found.path);
        const problem = valueProblem(found) ?? (byField.has(place) && byField.get(place)!.marker !== found.marker
          ? [`'${found.field}' is marked twice, as '${byField.get(place)!.marker}' and as '${found.marker}'`, 'Mark it once']
          : itemsOf(json)[0] !== json ? ['it is a list, which an image automation takes apart', 'Make an object of each item'] : undefined);
        if (problem) {
          errors.push(complaint(object, problem[0], problem[1]));
        } else {
          byField.set(place, { ...found, object, policy: mark.policy });
        }
      }
    } catch (error) {
      errors.push(error instanceof FieldPathError
        ? complaint(object, `an image is marked, but ${error.problem}`, error.remedy)
        : (error as Error).message); // A policy's own, which names it.
    }
  }
  return [...byField.values()];
}

function valueProblem({ field, value }: ImageMarkField): [string, string] | undefined {
  if (typeof value !== 'string') {
    return [`'${field}' is marked as an image, and is no text but ${value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'a map' : `a ${typeof value}`}`, 'Mark a field that holds text; write a tag in quotes'];
  }
  return /[\n\r]/.test(value) ? [`'${field}' is marked as an image, and is more than one line`, 'Mark a field that holds an image'] : undefined;
}

/** The comments that make a marked field one. */
export function markerComments(fields: readonly MarkedField[]): LineComment[] {
  return fields.map(({ path, marker }) => ({ document: 0, path, text: marker }));
}

/** An image automation writes to Git repositories only. */
export function checkMarkedDestination(fields: readonly MarkedField[], destination: Destination): string[] {
  return destination.artifact === undefined ? [] : fields.map(({ object, field }) => complaint(
    object,
    `'${field}' is marked as an image, and '${destination.owner.node.path}' delivers it to an OCI artifact, to which no image automation writes`,
    'Deliver it to a branch or a path of a Git repository, or take the mark away',
  ));
}

/** A marker names its policy by a text, so that nobody but us would notice that there is none. */
export function checkMarkedPolicies(fields: readonly MarkedField[], rendered: Iterable<any>, existing: readonly ExistingObject[]): string[] {
  if (!fields.length) {
    return [];
  }
  const policies = new Map([...rendered].flatMap(itemsOf).filter((json) => isFluxObject(json, 'ImagePolicy'))
    .map((json) => [`${json.metadata?.namespace}/${json.metadata?.name}`, json]));
  const elsewhere = new Set(existing.filter(({ kind }) => kind === 'ImagePolicy').map(({ namespace, name }) => `${namespace}/${name}`));
  return fields.flatMap(({ object, field, policy, digest }) => {
    const json = policies.get(policy);
    if (!json && !elsewhere.has(policy)) {
      return [complaint(
        object,
        `'${field}' is marked for ImagePolicy '${policy}', which nobody makes`,
        'Make it in this app, or say that it is made elsewhere: FluxImagePolicy.fromImagePolicyName()',
      )];
    }
    return json && digest && (json.spec?.digestReflectionPolicy ?? 'Never') === 'Never' ? [complaint(
      object,
      `'${field}' is marked for the digest, and ImagePolicy '${policy}' says none`,
      "Give the policy a 'digestReflectionPolicy'",
    )] : [];
  });
}
