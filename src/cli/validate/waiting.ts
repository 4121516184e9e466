/**
 * What waits for something that has a key: first comes out what has got it, in the order in which it did, and then the rest, in the order in
 * which it came in. However much waits, each step takes the same time.
 */
export class Waiting<T> {
  private readonly known = new Set<string>();
  private readonly byKey = new Map<string, T[]>();
  private readonly ready: T[] = [];
  private readonly all: T[] = [];
  private readonly taken = new Set<T>();
  private nextReady = 0;
  private nextOfAll = 0;

  /** Takes in one that waits for a key. */
  public add(one: T, key: string): void {
    this.all.push(one);
    if (this.known.has(key)) {
      this.ready.push(one);
      return;
    }
    const same = this.byKey.get(key) ?? [];
    this.byKey.set(key, same);
    same.push(one);
  }

  /** What has waited for a key, and what will come to wait for it, need not wait any more. */
  public release(key: string): void {
    this.known.add(key);
    for (const one of this.byKey.get(key) ?? []) {
      this.ready.push(one);
    }
    this.byKey.delete(key);
  }

  /** The next one; undefined if nothing is left. */
  public take(): T | undefined {
    while (this.nextReady < this.ready.length || this.nextOfAll < this.all.length) {
      const one = this.nextReady < this.ready.length ? this.ready[this.nextReady++] : this.all[this.nextOfAll++];
      if (!this.taken.has(one)) {
        this.taken.add(one);
        return one;
      }
    }
    return undefined;
  }
}
