import { DeliveredObject } from './delivered-object';
import { complaint } from '../format';
import { itemsOf } from '../rules';

/** Names that no API server takes, and that would break the lines in which `delivery.json`, commits and messages name objects. */
export function checkObjectNames({ object, json }: DeliveredObject): string | undefined {
  const wrong = itemsOf(json).flatMap((item) => [item?.kind, item?.metadata?.name, item?.metadata?.namespace])
    .find((name) => typeof name === 'string' && /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(name));
  return wrong === undefined ? undefined : complaint(
    object, `its kind, name or namespace holds a character that is not printable text (${JSON.stringify(wrong).slice(0, 80)})`, 'Give it another one',
  );
}
