import { configProblems as problemsOf, ConfigState } from '../../src/cli/publish/config-checks';
import { DeliveredRecord } from '../../src/cli/publish/delivered';

function configProblems(...states: Parameters<typeof problemsOf>): readonly string[] {
  return problemsOf(...states).refusals;
}

const WEB = 'Deployment.apps shop/web';

function delivery(more: Partial<DeliveredRecord> = {}): DeliveredRecord {
  return { repository: 'manifests', branch: 'web', path: '', kustomizations: ['flux-system/web'], objects: [WEB], ...more };
}

function state(...delivered: DeliveredRecord[]): ConfigState {
  return { app: 'nodezoo', objects: ['Kustomization.kustomize.toolkit.fluxcd.io flux-system/web'], delivered };
}

test('what stays as it is, and what leaves with its Kustomization, is fine', () => {
  expect(configProblems(state(delivery()), state(delivery()), [])).toEqual([]);
  expect(configProblems(state(), state(delivery()), [])).toEqual([]);
  expect(configProblems(state(delivery({ objects: [] })), state(delivery()), [])).toEqual([]);
  expect(configProblems(state(delivery()), undefined, [])).toEqual([]);
});

test('an object that another app delivers to the cluster is refused, with the name of that app', () => {
  const other = { app: 'shop', objects: ['Namespace shop'], delivered: [delivery({ branch: 'other', kustomizations: ['flux-system/other'] })] };
  expect(configProblems(state(delivery()), undefined, [other])).toMatchInlineSnapshot(`
[
  "object 'Deployment.apps shop/web': app 'shop' delivers that to this cluster already, and the last one to apply it would win. Give one of the two another name, or leave it to one app",
]
`);
  expect(configProblems({ ...state(), objects: ['Namespace shop'] }, undefined, [other])[0]).toContain("object 'Namespace shop': app 'shop'");
  expect(configProblems(state(delivery({ objects: ['Deployment.apps other/web'] })), undefined, [other])).toEqual([]);
});

test('what another app has had beside us is no reason to refuse what is published now', () => {
  const other = { app: 'shop', objects: [], delivered: [delivery({ branch: 'other', kustomizations: ['flux-system/other'] })] };
  for (const former of [state(delivery()), { app: 'nodezoo' }]) {
    expect(problemsOf(state(delivery()), former, [other])).toEqual({ refusals: [], warnings: [expect.stringContaining("app 'shop' delivers that")] });
  }
});

test('another cluster, by a kubeconfig, is another place', () => {
  const remote = delivery({ kustomizations: ['flux-system/eu'], clusters: { 'flux-system/eu': 'flux-system/eu-kubeconfig' } });
  const other = { app: 'shop', objects: [], delivered: [delivery({ branch: 'other', kustomizations: ['flux-system/other'] })] };
  expect(configProblems(state(remote), undefined, [other])).toEqual([]);
  const us = delivery({ kustomizations: ['flux-system/us'], clusters: { 'flux-system/us': 'flux-system/us-kubeconfig' } });
  expect(configProblems(state({ ...remote, objects: [] }, us), state(remote, us), [])).toEqual([]);
});

test('the same place under another kind of delivery keeps its Kustomization, and nothing is lost', () => {
  expect(configProblems(state(delivery({ branch: 'main', path: 'apps/web' })), state(delivery()), [])).toEqual([]);
});

describe('a renamed Kustomization', () => {
  const renamed = state(delivery({ kustomizations: ['flux-system/shop-web'] }));

  test('is refused, and offered as two steps', () => {
    expect(configProblems(renamed, state(delivery()), [])).toMatchInlineSnapshot(`
[
  "Kustomization 'flux-system/web': is 'flux-system/shop-web' now, and Flux would delete all that it has applied from 'web' of 'manifests'. Keep the name, or do it in two steps: publish with deletionPolicy Orphan on 'flux-system/web' first, then rename it",
]
`);
  });

  test('is fine once the old one leaves behind what it has applied', () => {
    expect(configProblems(state(delivery({ orphans: true })), state(delivery()), [])).toEqual([]);
    expect(configProblems(renamed, state(delivery({ orphans: true })), [])).toEqual([]);
  });

  test('is refused also where the old delivery leaves the app, and stands in the record as left', () => {
    const left = delivery({ kustomizations: [], objects: undefined, left: true });
    const both = state(delivery({ branch: 'shop', kustomizations: ['flux-system/shop-web'] }), left);
    expect(configProblems(both, state(delivery()), [])[0]).toContain("moves from Kustomization 'flux-system/web' to 'flux-system/shop-web'");
    expect(configProblems(both, state(delivery({ orphans: true })), [])).toEqual([]);
  });

  test('is refused also where the place changes with it', () => {
    const both = state(delivery({ branch: 'shop', kustomizations: ['flux-system/shop-web'] }));
    expect(configProblems(both, state(delivery()), [])[0]).toContain("moves from Kustomization 'flux-system/web' to 'flux-system/shop-web'");
  });
});

describe('an object that moves from one Kustomization to another', () => {
  const before = (more: Partial<DeliveredRecord> = {}) => state(delivery(more), delivery({ branch: 'b', kustomizations: ['flux-system/b'], objects: [] }));
  const after = state(delivery({ objects: [] }), delivery({ branch: 'b', kustomizations: ['flux-system/b'] }));

  test('is refused', () => {
    expect(configProblems(after, before(), [])).toMatchInlineSnapshot(`
[
  "object 'Deployment.apps shop/web': moves from Kustomization 'flux-system/web' to 'flux-system/b', and Flux deletes what the first one drops. Publish it with the annotation kustomize.toolkit.fluxcd.io/prune: disabled where it is first, and move it after that",
]
`);
  });

  test('is fine if Flux leaves it where it was, or both apply it', () => {
    expect(configProblems(after, before({ kept: [WEB] }), [])).toEqual([]);
    expect(configProblems(state(delivery(), delivery({ branch: 'b', kustomizations: ['flux-system/b'] })), before(), [])).toEqual([]);
  });

  test('is not saved by what only goes with its Kustomization', () => {
    expect(configProblems(after, before({ orphans: true }), [])).toHaveLength(1);
  });

  test('is told with the others that go the same way', () => {
    const objects = ['a', 'b', 'c', 'd', 'e'].map((name) => `ConfigMap shop/${name}`);
    const moving = state(delivery({ objects: [] }), delivery({ branch: 'b', kustomizations: ['flux-system/b'], objects }));
    expect(configProblems(moving, before({ objects }), [])).toEqual([
      expect.stringMatching(/^objects 'ConfigMap shop\/a', 'ConfigMap shop\/b', 'ConfigMap shop\/c' and 2 more: moves? /),
    ]);
  });

  test('to and from the config directory too', () => {
    const own: ConfigState = { app: 'nodezoo', objects: [WEB], delivered: [] };
    expect(configProblems(state(delivery()), own, [])[0]).toContain("from Kustomization 'nodezoo-config' to 'flux-system/web'");
    expect(configProblems({ ...own, delivered: [delivery({ objects: [] })] }, state(delivery()), [])[0]).toContain("to 'nodezoo-config'");
  });
});

describe('the removal of a suspended Kustomization', () => {
  test('is refused, for its workload would be left without an owner', () => {
    expect(configProblems(state(), state(delivery({ suspended: true })), [])).toMatchInlineSnapshot(`
[
  "Kustomization 'flux-system/web': is suspended, and removing it would leave all that it has applied from 'web' of 'manifests' behind, without an owner. Publish it resumed first, or with deletionPolicy Orphan if that is what you want",
]
`);
  });

  test('is fine where that is what its deletionPolicy says', () => {
    expect(configProblems(state(), state(delivery({ suspended: true, orphans: true })), [])).toEqual([]);
  });
});
