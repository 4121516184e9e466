import { Schema } from './kinds';

/**
 * What is asked of a `status` in an object that is applied: no unknown fields and no wrong types. The server forgets it after that, for only
 * a controller may write it, so its other rules do not count.
 */
export function statusSchema({ type, items, properties, additionalProperties, ...rest }: Schema): Schema {
  return {
    type: type === 'integer' ? 'number' : type,
    nullable: true,
    items: items && statusSchema(items),
    properties: properties && Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, statusSchema(inner)])),
    additionalProperties: typeof additionalProperties === 'object' ? statusSchema(additionalProperties) : additionalProperties,
    ...Object.fromEntries(Object.entries(rest).filter(([keyword]) => keyword.startsWith('x-') && keyword !== 'x-kubernetes-validations')),
  };
}
