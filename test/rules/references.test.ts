import * as fc from 'fast-check';
import { applier, flux, found, rulesBroken, view } from './support';
import { checkClusters } from '../../src/rules';

const SOURCE = { sourceRef: { kind: 'GitRepository', name: 'flux-system' } };

describe('a reference to nothing', () => {
  test('is told with what refers, the field, and what to do', () => {
    expect(found(view([flux('Kustomization', 'cart', { sourceRef: { kind: 'GitRepository', name: 'cart' } })]))).toMatchInlineSnapshot(`
[
  "at/Kustomization-cart: Kustomization flux-system/cart: spec.sourceRef: nobody makes GitRepository 'flux-system/cart', so that it would wait for ever. Make it, mend the name, or say that it is made elsewhere: FluxGitSource.fromGitRepositoryName(), on the command line --exists GitRepository/flux-system/cart [missing-reference: all controllers of Flux: the object waits for ever, without Ready].",
]
`);
  });

  test.each<[string, any, string]>([
    ['a Kustomization\'s source', flux('Kustomization', 'a', { sourceRef: { kind: 'OCIRepository', name: 'x' } }), "spec.sourceRef: nobody makes OCIRepository 'flux-system/x'"],
    ['a dependency', flux('Kustomization', 'a', { ...SOURCE, dependsOn: [{ name: 'x', namespace: 'y' }] }), "spec.dependsOn[0]: nobody makes Kustomization 'y/x'"],
    ['a HelmRelease\'s repository', flux('HelmRelease', 'a', { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'x' } } } }), "spec.chart.spec.sourceRef: nobody makes HelmRepository 'flux-system/x'"],
    ['a HelmRelease\'s chart', flux('HelmRelease', 'a', { chartRef: { kind: 'OCIRepository', name: 'x', namespace: 'y' } }), "spec.chartRef: nobody makes OCIRepository 'y/x'"],
    ['a HelmRelease\'s dependency', flux('HelmRelease', 'a', { dependsOn: [{ name: 'x' }] }), "spec.dependsOn[0]: nobody makes HelmRelease 'flux-system/x'"],
    ['a HelmChart\'s source', flux('HelmChart', 'a', { sourceRef: { kind: 'Bucket', name: 'x' } }), "spec.sourceRef: nobody makes Bucket 'flux-system/x'"],
    ['an included repository', flux('GitRepository', 'a', { include: [{ repository: { name: 'x' } }] }), "spec.include[0].repository: nobody makes GitRepository 'flux-system/x'"],
    ['a source of an ArtifactGenerator', flux('ArtifactGenerator', 'a', { sources: [{ alias: 'a', kind: 'Bucket', name: 'x' }] }), "spec.sources[0]: nobody makes Bucket 'flux-system/x'"],
    ['a policy\'s image repository', flux('ImagePolicy', 'a', { imageRepositoryRef: { name: 'x' } }), "spec.imageRepositoryRef: nobody makes ImageRepository 'flux-system/x'"],
    ['an automation\'s source', flux('ImageUpdateAutomation', 'a', { sourceRef: { name: 'x' } }), "spec.sourceRef: nobody makes GitRepository 'flux-system/x'"],
    ['an alert\'s provider', flux('Alert', 'a', { providerRef: { name: 'x', namespace: 'ignored' } }), "spec.providerRef: nobody makes Provider 'flux-system/x'"],
  ])('is an error: %s', (_, object, expected) => {
    expect(rulesBroken(view([object]))).toEqual(['missing-reference']);
    expect(found(view([object]))).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string, any]>([
    ['an alert\'s subject', flux('Alert', 'a', { eventSources: [{ kind: 'Kustomization', name: 'x' }] })],
    ['a receiver\'s subject', flux('Receiver', 'a', { resources: [{ kind: 'ImageRepository', name: 'x' }] })],
  ])('is a warning: %s', (_, object) => {
    expect(rulesBroken(view([object]))).toEqual(['missing-subject']);
  });

  test.each<[string, any]>([
    ['made here', flux('GitRepository', 'cart')],
    ['made here, in an older version', { ...flux('GitRepository', 'cart'), apiVersion: 'source.toolkit.fluxcd.io/v1beta2' }],
  ])('is none if it is %s', (_, source) => {
    expect(found(view([source, flux('Kustomization', 'a', { sourceRef: { kind: 'GitRepository', name: 'cart' } })]))).toEqual([]);
  });

  test('is none if it is declared, is bootstrap\'s, or is for all of a kind', () => {
    const existing = [{ group: 'source.toolkit.fluxcd.io', kind: 'GitRepository', namespace: 'team', name: 'cart' }];
    expect(found(view([flux('Kustomization', 'team/a', { sourceRef: { kind: 'GitRepository', name: 'cart' } })], { existing }))).toEqual([]);
    expect(found(view([flux('Kustomization', 'a', SOURCE), flux('Alert', 'b', { eventSources: [{ kind: 'Kustomization', name: '*' }] })]))).toEqual([]);
  });

  test('is none to an artifact that is generated here', () => {
    const generator = flux('ArtifactGenerator', 'all', { artifacts: [{ name: 'part', copy: [] }] });
    const reading = (name: string) => flux('Kustomization', 'a', { sourceRef: { kind: 'ExternalArtifact', name } });
    expect(found(view([generator, reading('part')]))).toEqual([]);
    expect(found(view([generator, reading('other')]))).toHaveLength(1);
  });

  test('is none to what a path pattern generates, or to the chart of a release', () => {
    const generator = flux('ArtifactGenerator', 'all', { pathPattern: '@all/*', artifacts: [{ name: '{name}', copy: [] }] });
    expect(found(view([generator, flux('Kustomization', 'a', { sourceRef: { kind: 'ExternalArtifact', name: 'web' } })]))).toEqual([]);
    const release = flux('HelmRelease', 'apps/web', { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } } });
    const alert = flux('Alert', 'apps/a', { eventSources: [{ kind: 'HelmChart', name: 'apps-web' }] });
    expect(found(view([release, flux('HelmRepository', 'apps/charts'), alert]))).toEqual([]);
  });

  test('is one where the name is made in another cluster only', () => {
    const kustomization = flux('Kustomization', 'a', { sourceRef: { kind: 'GitRepository', name: 'cart' } });
    const views = [view([kustomization, flux('GitRepository', 'cart')], { name: 'one' }), view([kustomization], { name: 'two' })];
    expect(found(views)).toEqual([expect.stringContaining("so that it would wait for ever (in cluster 'two').")]);
  });
});

describe('a reference into another namespace', () => {
  const kustomization = flux('Kustomization', 'tenant/a', { sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' } });

  test('is an error where the cluster refuses it', () => {
    expect(found(view([kustomization], { noCrossNamespaceRefs: true }))).toMatchInlineSnapshot(`
[
  "at/Kustomization-a: Kustomization tenant/a: spec.sourceRef: GitRepository 'flux-system/flux-system' is in another namespace, and the controllers of this cluster refuse that. Make the GitRepository in namespace 'tenant', or this object in 'flux-system' [cross-namespace-reference: all controllers of Flux with --no-cross-namespace-refs=true].",
]
`);
    expect(found(view([kustomization]))).toEqual([]);
  });

  test('is none in dependsOn, which the controllers do not restrict, nor within one namespace', () => {
    const dependent = flux('Kustomization', 'flux-system/b', { ...SOURCE, dependsOn: [{ name: 'a', namespace: 'tenant' }] });
    const objects = [dependent, flux('Kustomization', 'tenant/a', { sourceRef: { kind: 'GitRepository', name: 's' } }), flux('GitRepository', 'tenant/s')];
    expect(found(view(objects, { noCrossNamespaceRefs: true }))).toEqual([]);
  });
});

describe('a circle of dependencies', () => {
  const chain = (kind: string, ...ids: string[]) => ids.map((id, i) => flux(kind, id, { ...kind === 'Kustomization' ? SOURCE : {}, dependsOn: [{ name: ids[(i + 1) % ids.length] }] }));

  test('is printed as its path', () => {
    expect(found(view(chain('Kustomization', 'a', 'b', 'c')))).toMatchInlineSnapshot(`
[
  "at/Kustomization-c: Kustomization flux-system/c: spec.dependsOn: it is in a circle of dependencies, all of which would wait for ever: flux-system/a -> flux-system/b -> flux-system/c -> flux-system/a. Take one of the dependencies away [dependency-cycle: kustomize-controller and helm-controller: they look at direct dependencies only, and all of the circle waits for ever].",
]
`);
    expect(found(view(chain('HelmRelease', 'a', 'b')))).toEqual([expect.stringContaining('flux-system/a -> flux-system/b -> flux-system/a')]);
  });

  test('is found once, however many ways lead into it, and beside another', () => {
    const into = flux('Kustomization', 'z', { ...SOURCE, dependsOn: [{ name: 'a' }, { name: 'b' }] });
    expect(found(view([into, ...chain('Kustomization', 'a', 'b'), ...chain('Kustomization', 'c', 'd')]))).toHaveLength(2);
  });

  test('of 10,000 is found, without overflowing the stack, and shortened', () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => `k${i}`);
    const [line, ...others] = found(view(chain('Kustomization', ...ids)));
    expect(others).toEqual([]);
    expect(line).toContain('flux-system/k0 -> flux-system/k1');
    expect(line).toContain('more)');
    expect(line.length).toBeLessThan(2000);
  });

  test('a chain of 10,000 is none', () => {
    const objects = Array.from({ length: 10_000 }, (_, i) => flux('Kustomization', `k${i}`, { ...SOURCE, dependsOn: i ? [{ name: `k${i - 1}` }] : [] }));
    expect(found(view(objects))).toEqual([]);
  });

  test('is found if and only if there is one', () => {
    const edges = fc.array(fc.tuple(fc.nat(7), fc.nat(7)).filter(([from, to]) => from !== to), { maxLength: 14 });
    fc.assert(fc.property(edges, (all) => {
      const objects = Array.from({ length: 8 }, (_, i) => flux('Kustomization', `k${i}`, {
        ...SOURCE, dependsOn: all.filter(([from]) => from === i).map(([, to]) => ({ name: `k${to}` })),
      }));
      expect(found(view(objects), 'dependency-cycle').length > 0).toBe(hasCycle(all));
    }), { numRuns: 300 });
  });

  /** Takes away what depends on nothing, until nothing changes. */
  function hasCycle(edges: [number, number][]): boolean {
    let rest = edges;
    for (;;) {
      const next = rest.filter(([, to]) => rest.some(([from]) => from === to));
      if (next.length === rest.length) {
        return rest.length > 0;
      }
      rest = next;
    }
  }
});

test('nothing of any shape makes a rule stumble', () => {
  const kinds = ['GitRepository', 'Kustomization', 'HelmRelease', 'Alert', 'Receiver', 'ImagePolicy', 'ImageUpdateAutomation', 'ArtifactGenerator', 'HelmChart', 'Secret', 'Namespace'];
  const field = fc.constantFrom('sourceRef', 'dependsOn', 'chart', 'chartRef', 'include', 'sources', 'imageRepositoryRef', 'providerRef', 'eventSources', 'resources', 'secretRef', 'verify', 'git', 'postBuild', 'decryption', 'kubeConfig', 'url', 'install', 'targetNamespace', 'sts');
  const odd = fc.tuple(fc.constantFrom(...kinds), fc.dictionary(field, fc.jsonValue()), fc.jsonValue()).map(([kind, spec, data]) => ({ ...flux(kind, 'a', spec), data, sops: spec.verify }));
  fc.assert(fc.property(fc.array(fc.oneof(odd, fc.jsonValue()), { maxLength: 5 }), (objects) => {
    const { kustomization, set } = applier('a', objects as any[], { postBuild: (objects[0] as any)?.spec?.postBuild });
    expect(() => checkClusters([view([kustomization, ...objects as any[]], { applied: [set], noCrossNamespaceRefs: true })])).not.toThrow();
  }), { numRuns: 500 });
});
