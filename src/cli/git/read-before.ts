import { GitObject, parseTree } from './git-objects';

/** Objects that were read before somebody asked for them. */
export class ReadBefore {
  private readonly objects = new Map<string, GitObject | undefined>();

  /** @param objects in the order of their names; undefined for what is missing */
  public keep(names: readonly string[], objects: readonly (GitObject | undefined)[]): void {
    names.forEach((name, index) => this.objects.set(name, objects[index]));
  }

  /** Ids of files that the remote has left out of a commit, as their folders have them. */
  public leftOut(tip: string, files: readonly string[]): string[] {
    return files.flatMap((file) => {
      const slash = file.lastIndexOf('/');
      const folder = this.objects.get(`${tip}:${file.slice(0, Math.max(slash, 0))}`);
      if (this.objects.get(`${tip}:${file}`) || folder?.type !== 'tree') {
        return [];
      }
      const entry = parseTree(folder).find(({ name }) => name === file.slice(slash + 1));
      return entry?.kind === 'file' ? [entry.oid] : [];
    });
  }

  /** What was kept under these names, if that is all of it. Each is given once: what was missing may be fetched meanwhile. */
  public take(names: readonly string[]): (GitObject | undefined)[] | undefined {
    if (!names.every((name) => this.objects.has(name))) {
      return undefined;
    }
    const objects = names.map((name) => this.objects.get(name));
    names.forEach((name) => this.objects.delete(name));
    return objects;
  }

  public clear(): void {
    this.objects.clear();
  }
}
