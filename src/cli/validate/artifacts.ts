import { posix } from 'path';
import { isMap } from './objects';
import { isBelow } from './tree';

/** A folder of a source, by the alias that an ArtifactGenerator gives the source. */
export interface CopiedFolder {
  readonly alias: string;
  readonly folder: string;
}

/** The folder that an ArtifactGenerator copies to a path of an artifact; undefined if it is more than a folder copied as it is. */
export function copiedFrom(artifact: any, path: string): CopiedFolder | undefined {
  const copies = Array.isArray(artifact.copy) ? artifact.copy.filter(isMap) : [];
  // What is copied later replaces what was there.
  for (const { from, to } of copies.reverse()) {
    const [, alias, folder] = /^@([^/]+)\/(?:([^*?[{]*)\/)?\*\*$/.exec(String(from)) ?? [];
    const [, target] = /^@artifact\/(.*?)\/*$/.exec(String(to)) ?? [];
    if (alias !== undefined && target !== undefined && isBelow(path, target)) {
      return { alias, folder: posix.join('/', folder ?? '', target === '' ? path : path.slice(target.length)).replace(/\/+$/, '').slice(1) };
    }
  }
  return undefined;
}
