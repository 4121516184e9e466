/** A vertex on the way to its dependencies. */
interface Frame<V> {
  readonly vertex: V;
  readonly dependencies: readonly V[];
  next: number;
}

/**
 * Orders vertices so that each comes after those it depends on, otherwise as given: first the roots (on which nothing
 * depends), each with what it depends on before it. This is the order of cdk8s, found in linear time and without recursion.
 *
 * @param vertices in the order to keep
 * @param roots those of the vertices on which nothing depends
 * @param dependenciesOf what a vertex depends on
 * @param onCycle called with the vertices of the first cycle that is met, from the one that is met again back to itself. The dependency that
 *   closes a cycle is ignored
 */
export function topology<V>(
  vertices: readonly V[], roots: readonly V[], dependenciesOf: (vertex: V) => readonly V[], onCycle: (cycle: V[]) => void,
): V[] {
  const order: V[] = [];
  const done = new Set<V>();
  const underWay = new Set<V>();
  const frames: Frame<V>[] = [];
  let told = false;
  const enter = (vertex: V) => {
    underWay.add(vertex);
    frames.push({ vertex, dependencies: dependenciesOf(vertex), next: 0 });
  };
  // After the roots, whatever is left hangs on a cycle.
  for (const start of [...roots, ...vertices]) {
    if (done.has(start)) {
      continue;
    }
    enter(start);
    while (frames.length) {
      const frame = frames[frames.length - 1];
      if (frame.next === frame.dependencies.length) {
        frames.pop();
        underWay.delete(frame.vertex);
        done.add(frame.vertex);
        order.push(frame.vertex);
        continue;
      }
      const dependency = frame.dependencies[frame.next++];
      if (underWay.has(dependency)) {
        // One is enough to be mended, and there may be a cycle for every dependency.
        if (!told) {
          told = true;
          onCycle([...frames.slice(frames.findIndex(({ vertex }) => vertex === dependency)).map(({ vertex }) => vertex), dependency]);
        }
      } else if (!done.has(dependency)) {
        enter(dependency);
      }
    }
  }
  return order;
}
