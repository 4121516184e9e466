import { itemsOf } from './objects';
import { generatedPlaintext } from './secret-generator';
import { holdsPassword } from '../git';
import { plaintextField } from '../secrets';

/** What would give a secret away if an object were published. It never holds the value. */
export interface Exposure {
  /** What `delivery.json` calls it where somebody let it through. */
  readonly rule: 'plaintext-secret' | 'credential-in-url';
  /** What is published: `'data.password' in plaintext`. */
  readonly what: string;
  readonly remedy: string;
}

/** What an object, or one in a List, would give away. */
export function exposures(object: any): Exposure[] {
  const open = itemsOf(object).map(plaintextField).find((field) => field !== undefined);
  const generated = generatedPlaintext(object);
  const field = passwordField(object)?.slice(1);
  return [
    ...open === undefined ? [] : [{
      rule: 'plaintext-secret' as const, what: `'${open}' in plaintext`, remedy: 'Encrypt it with SOPS, or make the Secret in the cluster and refer to it',
    }],
    ...generated === undefined ? [] : [{
      rule: 'plaintext-secret' as const,
      what: `'${generated}' in plaintext`,
      remedy: 'Generate it from a file that SOPS has encrypted, or make the Secret in the cluster and refer to it',
    }],
    ...field === undefined ? [] : [{
      rule: 'credential-in-url' as const, what: `a credential in the URL at '${field}'`, remedy: 'Take the credential from a Secret',
    }],
  ];
}

/** The path is put together on the way back only: most objects hold none. */
function passwordField(value: any): string | undefined {
  if (typeof value === 'string') {
    return holdsPassword(value) ? '' : undefined;
  }
  if (value === null || typeof value !== 'object') {
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const found = passwordField(value[key]);
    if (found !== undefined) {
      return `${Array.isArray(value) ? `[${key}]` : `.${key}`}${found}`;
    }
  }
  return undefined;
}
