import { Chart } from 'cdk8s';
import { topology } from './topology';
import { isApiObject, Visit, Walk } from './walk';

/**
 * A vertex of the graph within one chart. Beside the constructs there are groups, so that a dependency between
 * constructs of n and m objects costs n + m edges, not n times m:
 * `all` of a construct stands for every object below it, `before` for everything that the objects below it must come after,
 * `part` for some of that.
 */
interface Vertex {
  readonly visit: Visit;
  readonly kind: 'construct' | 'all' | 'before' | 'part';
  /** For a part of `before`: what it stands for. */
  readonly members?: Vertex[];
  /** For an object: those it must follow because of a dependency between a construct and one that holds it. */
  untangled?: Map<Edge, Vertex[]>;
}

/** The dependency of one construct on another. */
interface Edge {
  readonly from: Visit;
  readonly to: Visit;
}

/**
 * The API objects of each chart, dependencies first, and the charts likewise. Within a chart that is in no other and has none
 * in it this is the order of cdk8s. An object belongs to its closest chart.
 *
 * @returns a list for each chart; on cycles, some order, and in `errors` a message that prints the first of a chart, or of the charts
 */
export function orderObjects(walk: Walk, errors: string[]): Visit[][] {
  const charts = new Map<Chart, Visit[]>();
  for (const visit of walk.visits) {
    if (visit.chart) {
      const visits = charts.get(visit.chart);
      visits ? visits.push(visit) : charts.set(visit.chart, [visit]);
    }
  }
  const edges = edgesOf(walk);
  if (edges.length === 0 && ![...charts.values()].some(([chart]) => chart.parent?.chart)) {
    return [...charts.values()].map((visits) => visits.filter(isApiObject));
  }
  const within = new Map<Chart, Edge[]>();
  for (const edge of edges) {
    if (edge.from.chart && edge.from.chart === edge.to.chart) {
      const own = within.get(edge.from.chart);
      own ? own.push(edge) : within.set(edge.from.chart, [edge]);
    }
  }
  return orderCharts(charts, edges, errors).map((chart) => {
    const visits = charts.get(chart)!;
    return within.has(chart) ? orderChart(visits, within.get(chart)!, errors) : visits.filter(isApiObject);
  });
}

function edgesOf(walk: Walk): Edge[] {
  const edges: Edge[] = [];
  let byConstruct: Map<unknown, Visit> | undefined;
  for (const from of walk.visits) {
    for (const target of from.construct.node.dependencies) {
      byConstruct ??= new Map(walk.visits.map((visit) => [visit.construct, visit]));
      const to = byConstruct.get(target);
      if (to && to !== from) {
        edges.push({ from, to });
      }
    }
  }
  return edges;
}

function orderCharts(charts: Map<Chart, Visit[]>, edges: readonly Edge[], errors: string[]): Chart[] {
  const needs = new Map<Chart, Set<Chart>>([...charts.keys()].map((chart) => [chart, new Set()]));
  const needed = new Set<Chart>();
  const need = (chart: Chart | undefined, on: Chart | undefined) => {
    if (chart && on && chart !== on) {
      needs.get(chart)!.add(on);
      needed.add(on);
    }
  };
  for (const [chart, [{ parent }]] of charts) {
    need(parent?.chart, chart); // a nested chart comes before the one around it, as in cdk8s
  }
  edges.forEach(({ from, to }) => need(from.chart, to.chart));
  const all = [...charts.keys()];
  return topology(all, all.filter((chart) => !needed.has(chart)), (chart) => [...needs.get(chart)!], (cycle) => {
    errors.push(cycleMessage(cycle.map((chart) => chart.node.path)));
  });
}

function orderChart(visits: readonly Visit[], edges: readonly Edge[], errors: string[]): Visit[] {
  const graph = new ChartGraph(visits, edges);
  if (graph.knot) {
    const { inner, objects: [one, other] } = graph.knot;
    errors.push(cycleMessage([one, other, one].map(pathOf), `a dependency between ${pathOf(inner)} and what is around it`));
    return visits.filter(isApiObject);
  }
  const order = topology(graph.constructs, graph.roots, (vertex) => graph.dependenciesOf(vertex), (cycle) => {
    errors.push(cycleMessage(cycle.filter(({ kind }, i) => kind === 'construct' || i === 0 || i === cycle.length - 1).map(({ visit }) => pathOf(visit))));
  });
  return order.filter(({ kind, visit }) => kind === 'construct' && isApiObject(visit)).map(({ visit }) => visit);
}

/** The graph within one chart. */
class ChartGraph {
  public readonly constructs: Vertex[];
  public readonly roots: Vertex[];
  /** The first dependency between a construct and one that holds it by which each of two objects would have to come first. */
  public knot?: { readonly inner: Visit; readonly objects: readonly [Visit, Visit] };
  private readonly vertexOf = new Map<Visit, Vertex>();
  private readonly allOf = new Map<Visit, Vertex>();
  private readonly beforeOf = new Map<Visit, Vertex>();
  private readonly from = new Map<Visit, Edge[]>();
  private readonly parts = new Map<Visit, (Edge | Vertex)[]>();
  private readonly children = new Map<Visit, Visit[]>();
  /** The object that comes before all others of a construct because that depends on it, and the one that comes after them. */
  private readonly firstOf = new Map<Visit, Visit>();
  private readonly lastOf = new Map<Visit, Visit>();

  constructor(private readonly visits: readonly Visit[], edges: readonly Edge[]) {
    this.constructs = visits.map((visit) => ({ visit, kind: 'construct' }));
    this.constructs.forEach((vertex) => this.vertexOf.set(vertex.visit, vertex));
    for (const visit of visits) {
      if (visit.parent && this.vertexOf.has(visit.parent)) {
        append(this.children, visit.parent, visit);
      }
    }
    const followed = new Set<Visit>();
    const followedBelow = new Set<Visit>();
    for (const edge of edges) {
      append(this.from, edge.from, edge);
      followed.add(edge.to);
      if (isTangled(edge)) {
        this.untangle(edge, followed);
      } else if (this.objectsBelow(edge.from, 1).length) {
        followedBelow.add(edge.to);
      }
    }
    // Parents come before children, so that one pass carries the mark down.
    for (const visit of visits) {
      if (visit.parent && followedBelow.has(visit.parent)) {
        followedBelow.add(visit);
      }
    }
    this.roots = this.constructs.filter(({ visit }) => !followed.has(visit) && !(followedBelow.has(visit) && isApiObject(visit)));
  }

  public dependenciesOf(vertex: Vertex): Vertex[] {
    const { visit } = vertex;
    switch (vertex.kind) {
      case 'all':
        return [
          ...isApiObject(visit) ? [this.vertexOf.get(visit)!] : [],
          ...(this.children.get(visit) ?? []).map((child) => this.group(this.allOf, child, 'all')),
        ];
      case 'before':
        return [
          ...visit.parent && this.vertexOf.has(visit.parent) ? [this.group(this.beforeOf, visit.parent, 'before')] : [],
          ...(this.from.get(visit) ?? []).filter((edge) => !isTangled(edge)).map(({ to }) => this.group(this.allOf, to, 'all')),
        ];
      case 'part':
        return vertex.members!;
      case 'construct':
        return [
          ...(this.from.get(visit) ?? []).map(({ to }) => this.vertexOf.get(to)!),
          ...isApiObject(visit) ? vertex.untangled ? this.oneByOne(visit, vertex.untangled) : [this.group(this.beforeOf, visit, 'before')] : [],
        ];
    }
  }

  /** What `before` stands for, with what was untangled at its place, so that the order stays that of cdk8s. */
  private oneByOne(visit: Visit, untangled: Map<Edge, Vertex[]>): Vertex[] {
    const above = visit.parent && this.vertexOf.has(visit.parent) ? this.oneByOne(visit.parent, untangled) : [];
    return [...above, ...this.partsOf(visit).flatMap((part) => 'from' in part ? untangled.get(part) ?? [] : [part])];
  }

  /** The dependencies of a construct in their order, those between two tangled ones as one shared group. */
  private partsOf(visit: Visit): (Edge | Vertex)[] {
    let parts = this.parts.get(visit);
    if (!parts) {
      this.parts.set(visit, parts = []);
      let group: Vertex | undefined;
      for (const edge of this.from.get(visit) ?? []) {
        if (isTangled(edge)) {
          group = undefined;
          parts.push(edge);
        } else {
          if (!group) {
            parts.push(group = { visit, kind: 'part', members: [] });
          }
          group.members!.push(this.group(this.allOf, edge.to, 'all'));
        }
      }
    }
    return parts;
  }

  /** A dependency between a construct and one that holds it: every object outside the inner one against the one object in it. */
  private untangle(edge: Edge, followed: Set<Visit>): void {
    const { from, to } = edge;
    const [inner, outer, ends] = contains(from, to) ? [to, from, this.firstOf] : [from, to, this.lastOf];
    const [object, second] = this.objectsBelow(inner, 2);
    const rival = second ?? ends.get(outer);
    if (!object || rival === object) {
      return; // Nothing to order, or a construct around this one has said the same.
    }
    if (rival) {
      this.knot ??= { inner, objects: [object, rival] };
      return;
    }
    ends.set(outer, object);
    const others = this.objectsBelow(outer, Infinity).filter((visit) => visit !== object);
    const pairs = inner === to ? others.map((visit) => [visit, object]) : others.map((visit) => [object, visit]);
    for (const [source, target] of pairs) {
      append(this.vertexOf.get(source)!.untangled ??= new Map(), edge, this.vertexOf.get(target)!);
      followed.add(target);
    }
  }

  private objectsBelow(visit: Visit, most: number): Visit[] {
    const found: Visit[] = [];
    // The visits of a chart are in the order of the walk; those of nested charts are missing.
    for (let i = lowerBound(this.visits, visit.index); i < this.visits.length && this.visits[i].index < visit.end && found.length < most; i++) {
      if (isApiObject(this.visits[i])) {
        found.push(this.visits[i]);
      }
    }
    return found;
  }

  private group(groups: Map<Visit, Vertex>, visit: Visit, kind: 'all' | 'before'): Vertex {
    let vertex = groups.get(visit);
    if (!vertex) {
      groups.set(visit, vertex = { visit, kind });
    }
    return vertex;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  list ? list.push(value) : lists.set(key, [value]);
}

/** Whether one end of a dependency holds the other. */
function isTangled({ from, to }: Edge): boolean {
  return contains(from, to) || contains(to, from);
}

function contains(outer: Visit, inner: Visit): boolean {
  return outer.index <= inner.index && inner.index < outer.end;
}

function lowerBound(visits: readonly Visit[], index: number): number {
  let low = 0;
  let high = visits.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    visits[middle].index < index ? low = middle + 1 : high = middle;
  }
  return low;
}

function pathOf(visit: Visit): string {
  return visit.construct.node.path;
}

function cycleMessage(paths: string[], why?: string): string {
  return `Dependency cycle detected: ${paths.join(' => ')}${why ? ` (${why})` : ''}. Remove one of these dependencies.`;
}
