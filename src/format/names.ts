/** The longest name of a Kustomization: kustomize-controller writes it into a label, and the apply of a longer one fails. */
export const MAX_OBJECT_NAME = 63;

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

/** Whether a name is a DNS label (RFC 1123) of at most 63 characters. */
export function isDnsLabel(name: string): boolean {
  return name.length <= MAX_OBJECT_NAME && DNS_LABEL.test(name);
}

/**
 * The object name that a branch or path implies: lower case, each run of characters that a DNS label cannot hold turned
 * into one `-`, none at either end. `feature/New_Login` becomes `feature-new-login`.
 *
 * The result may be empty or too long: nothing is cut off, for a shortened name could be another branch's.
 */
export function objectNameOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

/**
 * A file name made of a construct's id: what is not a letter, digit, `.`, `_` or `-` becomes `-`; no leading dot or hyphen,
 * so that it is neither hidden nor read as an option. Empty when nothing is left.
 */
export function fileNameOf(id: string): string {
  return id.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
}
