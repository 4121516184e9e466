import { MAX_NAME_BYTES } from '../manifest';

/** Whether a name can be that of one folder everywhere: of a repository in the output, of a cluster in the Flux config repository. */
export function isFolderName(name: string): boolean {
  return name.length <= MAX_NAME_BYTES && /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name);
}

/** What `isFolderName` takes, for remedies. */
export const FOLDER_NAME = `at most ${MAX_NAME_BYTES} letters, digits, '.', '_' and '-', a letter, digit or '_' first`;
