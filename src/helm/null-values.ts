import { JsonPatch } from 'cdk8s';

/**
 * Patches that put back the nulls of Helm values: to Helm null means that a default of the chart goes, and cdk8s leaves nulls out.
 *
 * @param path JSON pointer of the values in the object
 */
export function nullPatches(path: string, values: unknown): JsonPatch[] {
  if (Array.isArray(values)) {
    return values.flatMap((item, index) => (
      item === null ? [JsonPatch.replace(`${path}/${index}`, null)] : nullPatches(`${path}/${index}`, item)
    ));
  }
  if (values?.constructor === Object) {
    return Object.entries(values).flatMap(([key, value]) => {
      const inner = `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
      return value === null ? [JsonPatch.add(inner, null)] : nullPatches(inner, value);
    });
  }
  return [];
}
