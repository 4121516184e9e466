import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { orderObjects } from '../../src/app/order';
import { topology } from '../../src/app/topology';
import { walk } from '../../src/app/walk';

/** What a random app is made of: charts, groups in them, objects in those, and dependencies between any two. */
interface Plan {
  readonly charts: { readonly groups: number[] }[];
  readonly dependencies: [number, number][];
}

const plans: fc.Arbitrary<Plan> = fc.record({
  charts: fc.array(fc.record({ groups: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }) }), { minLength: 1, maxLength: 3 }),
  dependencies: fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 30 })), { maxLength: 5 }),
});

function build(plan: Plan): App {
  const app = new App();
  const all: Construct[] = [];
  plan.charts.forEach(({ groups }, c) => {
    const chart = new Chart(app, `c${c}`);
    all.push(chart, new ApiObject(chart, 'own', { apiVersion: 'v1', kind: 'ConfigMap' }));
    groups.forEach((objects, g) => {
      const group = new Construct(chart, `g${g}`);
      all.push(group);
      const inner = new Construct(group, 'inner');
      all.push(inner);
      for (let o = 0; o < objects; o++) {
        all.push(new ApiObject(o % 2 ? inner : group, `o${o}`, { apiVersion: 'v1', kind: 'ConfigMap' }));
      }
    });
  });
  for (const [from, to] of plan.dependencies) {
    const [source, target] = [all[from % all.length], all[to % all.length]];
    if (source !== target) {
      source.node.addDependency(target);
    }
  }
  return app;
}

function ours(app: App): { names: string[][]; errors: string[] } {
  const errors: string[] = [];
  const charts = orderObjects(walk(app), errors);
  return { names: charts.map((visits) => visits.map(({ construct }) => (construct as ApiObject).name)), errors };
}

function expectDependenciesFirst(app: App): void {
  const charts = orderObjects(walk(app), []).map(([{ chart }]) => chart!);
  for (const { construct, chart } of walk(app).visits) {
    for (const target of construct.node.dependencies) {
      expect(charts.indexOf(Chart.of(target))).toBeLessThanOrEqual(charts.indexOf(chart!));
    }
  }
}

function stock(app: App): string[][] | undefined {
  try {
    app.charts.forEach((chart) => chart.toJson()); // from then on the app knows how its charts depend on each other
    return app.charts.map((chart) => chart.toJson().map((json: any) => json.metadata.name));
  } catch (error) {
    expect(String(error)).toContain('cycle detected');
    return undefined;
  }
}

test('the objects of a chart come in the order of cdk8s, and a cycle is one here if it is one there', () => {
  fc.assert(fc.property(plans, (plan) => {
    const mine = build(plan);
    const { names, errors } = ours(mine);
    const app = build(plan);
    const expected = stock(app);
    if (expected === undefined) {
      expect(errors).not.toEqual([]);
    } else {
      expect(errors).toEqual([]);
      expect(names.sort()).toEqual(expected.sort());
      expectDependenciesFirst(mine);
    }
  }), { numRuns: 2_000 });
});

test('charts come after those they depend on', () => {
  const app = new App();
  const [first, second, third] = ['first', 'second', 'third'].map((id) => new Chart(app, id));
  [first, second, third].forEach((chart) => new ApiObject(chart, 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: chart.node.id } }));
  first.addDependency(third);
  expect(ours(app).names).toEqual([['third'], ['first'], ['second']]);
});

test('an object of a nested chart belongs to that chart, which comes first', () => {
  const app = new App();
  const outer = new Chart(app, 'outer');
  new ApiObject(outer, 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'outer' } });
  new ApiObject(new Chart(outer, 'inner'), 'o', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'inner' } });
  expect(ours(app).names).toEqual([['inner'], ['outer']]);
});

test('a cycle is printed as a path', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const [a, b, c] = ['a', 'b', 'c'].map((id) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' }));
  a.addDependency(b);
  b.addDependency(c);
  c.addDependency(a);
  expect(ours(app).errors).toEqual(['Dependency cycle detected: chart/a => chart/b => chart/c => chart/a. Remove one of these dependencies.']);
});

describe('of many cycles only the first is told, in linear time', () => {
  const object = (chart: Construct, id: string) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap' });

  test.each<[string, (chart: Chart, objects: ApiObject[]) => void]>([
    ['each of 2,000 objects depends on the chart', (chart, objects) => objects.forEach((one) => one.node.addDependency(chart))],
    ['the chart depends on each of 2,000 objects', (chart, objects) => chart.node.addDependency(...objects)],
  ])('%s', (_, depend) => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const objects = Array.from({ length: 2_000 }, (__, i) => object(chart, `o${i}`));
    depend(chart, objects);
    const looks = jest.spyOn(ApiObject, 'isApiObject');
    const { names: [names], errors } = ours(app);
    expect(errors).toEqual([
      'Dependency cycle detected: chart/o1 => chart/o0 => chart/o1 (a dependency between chart/o1 and what is around it). Remove one of these dependencies.',
    ]);
    expect(names).toHaveLength(2_000);
    expect(looks.mock.calls.length).toBeLessThan(20 * 2_000);
    looks.mockRestore();
  });

  test('100 charts that all depend on each other', () => {
    const app = new App();
    const charts = Array.from({ length: 100 }, (_, i) => new Chart(app, `c${i}`));
    charts.forEach((chart) => charts.filter((other) => other !== chart).forEach((other) => chart.addDependency(other)));
    expect(ours(app).errors).toEqual(['Dependency cycle detected: c0 => c1 => c0. Remove one of these dependencies.']);
  });

  test('a cycle is put together once, however many there are', () => {
    const vertices = Array.from({ length: 1_000 }, (_, i) => i);
    const onCycle = jest.fn();
    // Each depends on the next one and on all before it.
    const order = topology(vertices, [], (vertex) => [...vertices.slice(vertex + 1, vertex + 2), ...vertices.slice(0, vertex)], onCycle);
    expect(order).toEqual([...vertices].reverse());
    expect(onCycle.mock.calls).toEqual([[[...vertices, 0]]]);
  });

  test('what is said twice of one object is no cycle', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const outer = new Construct(chart, 'outer');
    const inner = object(outer, 'inner');
    const others = ['a', 'b'].map((id) => object(chart, id));
    [outer, inner].forEach((one) => one.node.addDependency(chart));
    const errors: string[] = [];
    const [visits] = orderObjects(walk(app), errors);
    expect(errors).toEqual([]);
    expect(visits.map(({ construct }) => construct)).toEqual([...others, inner]);
  });
});

test('a chain of 10,000 dependent constructs needs no recursion', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  let before: ApiObject | undefined;
  for (let i = 0; i < 10_000; i++) {
    const object = new ApiObject(chart, `o${i}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `o${i}` } });
    before?.addDependency(object);
    before = object;
  }
  const { names: [names], errors } = ours(app);
  expect(errors).toEqual([]);
  expect([names[0], names[9_999]]).toEqual(['o9999', 'o0']);
});
