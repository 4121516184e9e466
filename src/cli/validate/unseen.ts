import { Cluster } from './cluster';

/** What brings objects that are not among the files, in words; what many findings ask for is put together once. */
export class Unseen {
  private readonly byName: ReadonlyMap<string, readonly string[]>;
  private readonly known = new Map<string, string | undefined>();

  constructor(clusters: readonly Cluster[]) {
    this.byName = new Map(clusters.map(({ name, unseen }) => [name, unseen]));
  }

  /** What may bring something to these clusters, or to any if none is named; undefined if all that does is here. */
  public of(clusters: readonly string[] = []): string | undefined {
    const key = clusters.join('\0');
    if (!this.known.has(key)) {
      this.known.set(key, this.inWords(clusters.length ? clusters : [...this.byName.keys()]));
    }
    return this.known.get(key);
  }

  private inWords(clusters: readonly string[]): string | undefined {
    const all = [...new Set(clusters.flatMap((name) => this.byName.get(name) ?? []))];
    return all.length > 2 ? 'something' : all.length ? all.join(' or ') : undefined;
  }
}
