import { isDeepStrictEqual } from 'util';
import { isMap } from '../validate/objects';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** What of a Secret is none. */
const OPEN = ['apiVersion', 'kind', 'metadata', 'type', 'immutable'];

/** A value that can be compared and not be read. */
export class Hidden {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  public equals(other: unknown): boolean {
    return other instanceof Hidden && isSame(this.#value, other.#value);
  }

  public toJSON(): string {
    return '(hidden)';
  }
}

/** Whether values are the same, hidden ones too. Minus zero is zero: some that write YAML write it without the sign. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one instanceof Hidden ? one.equals(other) : isDeepStrictEqual(one, other)) ||
    Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((item, index) => isSame(item, other[index]));
}

/** Whether an object holds secrets: a Secret, or one that sops has encrypted. */
export function isSecretive(object: unknown): boolean {
  return isMap(object) && (object.kind === 'Secret' || Object.hasOwn(object, 'sops'));
}

/**
 * An object whose secrets are hidden.
 *
 * @param secretive whether it, or what stands in its place on the other side, holds secrets: what was decrypted by hand is as secret
 * as what was encrypted
 */
export function withoutSecrets(object: unknown, secretive: boolean): unknown {
  if (!isMap(object)) {
    return secretive ? new Hidden(object) : object;
  }
  return mapped(object, (value, key) => (
    key === 'metadata' ? hideLastApplied(value) : !secretive || OPEN.includes(key) ? value : key === 'sops' ? new Hidden(value) : hideLeaves(value)
  ));
}

function hideLastApplied(metadata: unknown): unknown {
  return isMap(metadata) && isMap(metadata.annotations) && Object.hasOwn(metadata.annotations, LAST_APPLIED)
    ? { ...metadata, annotations: { ...metadata.annotations, [LAST_APPLIED]: new Hidden(metadata.annotations[LAST_APPLIED]) } }
    : metadata;
}

function hideLeaves(value: unknown): unknown {
  return isMap(value) ? mapped(value, hideLeaves) : new Hidden(value);
}

/** Keys are whatever a file says, `__proto__` too. */
function mapped(map: Record<string, unknown>, change: (value: unknown, key: string) => unknown): unknown {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
