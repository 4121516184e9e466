import { IConstruct } from 'constructs';
import { constructError, MAX_OBJECT_NAME, objectNameOf } from '../format';

/** A path and the volume that makes it writable. */
export interface WritablePath {
  readonly path: string;
  readonly volume: string;
}

/**
 * The volumes behind paths, each named after its path: `/var/cache` is `writable-var-cache`. Names are unique in the pod, as two
 * paths may differ only in characters that a volume's name cannot hold.
 *
 * @throws if a path is not absolute, is the root, or is given twice
 */
export function writablePaths(construct: IConstruct, paths: string[]): WritablePath[] {
  const result: WritablePath[] = [];
  for (const given of paths) {
    const path = given.replace(/\/+$/, '');
    // A colon separates a mount path from its options, so the API server refuses it.
    if (!/^\/[^:]+$/.test(path)) {
      throw constructError(construct, `'${given}' in 'writablePaths' cannot be mounted`, 'Give an absolute path without \':\', and not the root');
    }
    if (result.some((other) => other.path === path)) {
      throw constructError(construct, `'${path}' is in 'writablePaths' twice`, 'Give it once');
    }
    result.push({ path, volume: unusedName(path, result.map((other) => other.volume)) });
  }
  return result;
}

function unusedName(path: string, used: string[]): string {
  const name = `writable-${objectNameOf(path)}`;
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? '' : `-${n}`;
    const candidate = name.slice(0, MAX_OBJECT_NAME - suffix.length).replace(/-+$/, '') + suffix;
    if (!used.includes(candidate)) {
      return candidate;
    }
  }
}
