import { FluxObject } from '../flux';

/**
 * Tells, when the app is rendered, that a list of an object is empty, and how to fill it; until then something may be added to it.
 *
 * @param field the list in `spec`
 */
export function requireSomeAtSynth(object: FluxObject, field: string, remedy: string): void {
  object.node.addValidation({
    // What counts is what is rendered: a patch may fill it, too.
    validate: () => (object.apiObject.toJson().spec?.[field]?.length ? [] : [`${object.node.path}: '${field}' is empty. ${remedy}.`]),
  });
}
