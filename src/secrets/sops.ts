/** What keeps an object from being one that SOPS encrypted; the texts fit `constructError`, and hold no value. */
export interface SopsProblem {
  readonly problem: string;
  readonly remedy: string;
}

/** The fields of a Secret that hold what is secret. */
const CONTENT = ['data', 'stringData'];
/** As SOPS writes what it encrypted. */
const CIPHERTEXT = /^ENC\[AES256_GCM,data:[^,\s]*,iv:[^,\s]+,tag:[^,\s]+,type:(\w+)\]$/;
/** Where a file that SOPS encrypted lists the keys that can open it; kustomize-controller knows these kinds. */
const KEY_SERVICES = ['kms', 'gcp_kms', 'azure_kv', 'hc_vault'];
const KEYS = ['age', 'pgp', ...KEY_SERVICES];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const ENCRYPT = "Encrypt the file of the Secret with: sops encrypt --encrypted-regex '^(data|stringData)$' --in-place FILE";
const AGAIN = ENCRYPT.replace('Encrypt', 'Decrypt it, and encrypt');
const UNTOUCHED = 'Take the file as sops wrote it';

/**
 * The first field of a Secret whose value can be read: `data.password`. What is empty gives nothing away, and SOPS leaves it as it is.
 *
 * @param secret any object; what is no Secret of the core group has no such field
 */
export function plaintextField(secret: any): string | undefined {
  if (secret?.kind !== 'Secret' || String(secret.apiVersion ?? '').includes('/')) {
    return undefined;
  }
  const isSealed = cipherType(secret.sops?.mac) !== undefined;
  for (const field of CONTENT) {
    const open = firstLeaf(secret[field], field, (value) => !(isSealed && cipherType(value) !== undefined));
    if (open) {
      return open.path;
    }
  }
  return copiedByKubectl(secret) ? `metadata.annotations.${LAST_APPLIED}` : undefined;
}

/** What keeps an object from being a Secret that SOPS encrypted and kustomize-controller can decrypt. */
export function sopsProblem(object: any): SopsProblem | undefined {
  if (!isMap(object)) {
    return { problem: 'it holds no object', remedy: ENCRYPT };
  }
  const { sops, ...rest } = object;
  if (!isMap(sops)) {
    return { problem: "it is not encrypted: it has no 'sops'", remedy: ENCRYPT };
  }
  const closed = firstLeaf(without(rest, CONTENT), '', (value) => cipherType(value) !== undefined);
  if (closed) {
    return { problem: `'${closed.path}' is encrypted too, and Flux has to read it`, remedy: AGAIN };
  } else if (object.kind !== 'Secret' || object.apiVersion !== 'v1') {
    return { problem: `it is of kind '${shown(object.kind)}', version '${shown(object.apiVersion)}'`, remedy: "Give a Secret, of apiVersion 'v1'" };
  }
  return metadataProblem(sops) ?? contentProblem(object);
}

/** Whether a file needs a private key to be opened: no key service of a cloud, or Vault, is among those that can. */
export function needsPrivateKey({ sops }: any): boolean {
  return !groupsOf(sops).some((group) => KEY_SERVICES.some((kind) => keysIn(group, kind)));
}

function metadataProblem(sops: any): SopsProblem | undefined {
  if (cipherType(sops.mac) === undefined) {
    return { problem: "'sops.mac' is none, so that nothing tells whether it was changed", remedy: UNTOUCHED };
  }
  const missing = ['lastmodified', 'version'].find((field) => typeof sops[field] !== 'string' || sops[field] === '');
  if (missing) {
    return { problem: `'sops.${missing}' is missing`, remedy: UNTOUCHED };
  }
  return groupsOf(sops).some((group) => KEYS.some((kind) => keysIn(group, kind))) ? undefined
    : { problem: `nobody can decrypt it: 'sops' has no key of ${KEYS.join(', ')}`, remedy: 'Encrypt it for a key that Flux has, such as: sops encrypt --age RECIPIENT' };
}

function contentProblem(secret: any): SopsProblem | undefined {
  const open = plaintextField(secret);
  if (open) {
    return { problem: `'${open}' is in plaintext`, remedy: open.endsWith(LAST_APPLIED) ? 'Take that annotation out, which kubectl wrote, and encrypt the file again' : AGAIN };
  }
  for (const field of CONTENT) {
    const other = firstLeaf(secret[field], field, (value) => cipherType(value) !== 'str');
    if (other) {
      return { problem: `'${other.path}' is no text when it is decrypted, and a Secret holds nothing else`, remedy: 'Decrypt the file, put the value in quotes, and encrypt it again' };
    }
  }
  return undefined;
}

/** What `kubectl apply` was given last time: the Secret as it was then. */
function copiedByKubectl(secret: any): boolean {
  const copy = secret.metadata?.annotations?.[LAST_APPLIED];
  try {
    return typeof copy === 'string' && plaintextField({ kind: 'Secret', ...without(JSON.parse(copy), ['kind', 'apiVersion', 'metadata']) }) !== undefined;
  } catch {
    return false;
  }
}

/** What SOPS says is encrypted, once it is decrypted: `str`, `int`, ...; undefined for what is not encrypted. */
function cipherType(value: unknown): string | undefined {
  return typeof value === 'string' ? CIPHERTEXT.exec(value)?.[1] : undefined;
}

/** With more than one group it takes a key of each, as with Shamir's secret sharing. */
function groupsOf(sops: any): any[] {
  return [sops, ...Array.isArray(sops?.key_groups) ? sops.key_groups : []];
}

function keysIn(group: any, kind: string): boolean {
  const keys = group?.[kind];
  return Array.isArray(keys) && keys.some((key) => typeof key?.enc === 'string' && key.enc !== '');
}

/** The first leaf that holds something of a kind, and where it is. */
function firstLeaf(value: unknown, path: string, wanted: (leaf: unknown) => boolean): { readonly path: string } | undefined {
  if (value === null || value === undefined || value === '') {
    return undefined;
  } else if (typeof value !== 'object') {
    return wanted(value) ? { path } : undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    const found = firstLeaf(inner, path ? `${path}.${shown(key)}` : shown(key), wanted);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function without(object: any, fields: string[]): any {
  return Object.fromEntries(Object.entries(object ?? {}).filter(([field]) => !fields.includes(field)));
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** On one line, and not too long a line, whatever it is. */
function shown(text: unknown): string {
  const line = String(text).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return line.length > 100 ? `${line.slice(0, 100)}...` : line;
}
