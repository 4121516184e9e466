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

  /** Adds one. */
  public add(dependency: Dependency): void {
    this.dependencies.push(dependency);
  }

  /** How many there are. */
  public get count(): number {
    return this.dependencies.length;
  }

  /** @param ownNamespace that of the object, which need not be said */
  public toSpec(ownNamespace: string): any[] {
    return this.dependencies.map(({ name, namespace, readyExpr }) => (
      { name, namespace: namespace === ownNamespace ? undefined : namespace, readyExpr }
    ));
  }
}
