/** An object that another waits for. */
interface Dependency {
  readonly name: string;
  readonly namespace: string;
  readonly readyExpr?: string;
}

/**
 * What an object waits for: its `dependsOn`.
 *
 * @internal
 */
export class Dependencies {
  private readonly dependencies: Dependency[];

  constructor(dependencies: readonly Dependency[] = []) {
    this.dependencies = [...dependencies];
  }

  /** Adds one, unless the object would be wrong with it: then it stays as it is, for whoever catches the error. */
  public add(dependency: Dependency, check: () => void): void {
    this.dependencies.push(dependency);
    try {
      check();
    } catch (error) {
      this.dependencies.pop();
      throw error;
    }
  }

  /** @param ownNamespace that of the object, which need not be said */
  public toSpec(ownNamespace: string): any[] {
    return this.dependencies.map(({ name, namespace, readyExpr }) => (
      { name, namespace: namespace === ownNamespace ? undefined : namespace, readyExpr }
    ));
  }
}
