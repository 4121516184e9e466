import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxApp } from '../../src/app';
import { FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { FluxKustomization } from '../../src/kustomize';
import { ALL_RULES } from '../../src/rules';
import { FluxGitSource } from '../../src/source';
import { FluxRules } from '../../src/validation';
import { AppNamespace } from '../../src/workload';
import { complaintsOf, CONFIG, configMap, manifestOf, MANIFESTS, newApp, synth } from '../delivery/support';

/** What a synth says on the standard error. */
function said(app: FluxApp): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  write.mockClear();
  synth(app);
  return write.mock.calls.map(([text]) => String(text)).join('').trim().split('\n').filter(Boolean);
}

function shop() {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const team = new Construct(chart, 'team');
  const map = configMap(team, 'map');
  new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
  const branch = new ManifestRepository(chart, 'manifests', { url: MANIFESTS }).branch('cart');
  branch.deliver(map);
  return { app, chart, team, map, branch };
}

describe('a warning', () => {
  test('is said, and stops nothing', () => {
    expect(said(shop().app)).toEqual([expect.stringMatching(
      /^cdk8s-fluxcd: warning: shop\/team\/map: ConfigMap shop\/map: metadata\.namespace: nobody makes namespace 'shop'\. .* \[missing-namespace: .*\]\.$/,
    )]);
  });

  test.each(['map', 'team', 'chart', 'app'] as const)('is not said any more when it is acknowledged at the %s', (place) => {
    const made = shop();
    FluxRules.acknowledge(made[place], 'missing-namespace', 'the platform team makes it');
    expect(said(made.app)).toEqual([]);
  });

  test('is said when another rule, or another construct, is acknowledged', () => {
    const { app, branch, team } = shop();
    FluxRules.acknowledge(team, 'unprotected-data', 'of no concern');
    FluxRules.acknowledge(branch, 'missing-namespace', 'of no concern');
    expect(said(app)).toHaveLength(1);
  });

  test('two can be acknowledged at one place', () => {
    const { app, chart, team, branch } = shop();
    branch.deliver(new ApiObject(team, 'disk', { apiVersion: 'v1', kind: 'PersistentVolumeClaim' }));
    FluxRules.acknowledge(chart, 'missing-namespace', 'the platform team makes it');
    FluxRules.acknowledge(chart, 'unprotected-data', 'there is a backup');
    expect(said(app)).toEqual([]);
  });

  test('that is acknowledged, and what is declared as made elsewhere, is in delivery.json', () => {
    const { app, chart } = shop();
    expect(manifestOf(app)).not.toHaveProperty('acknowledged');
    FluxRules.acknowledge(chart, 'missing-namespace', 'the platform team makes it');
    ['b', 'a', 'a'].forEach((name, i) => FluxKustomization.fromKustomizationName(chart, `other${i}`, name));
    FluxGitSource.fromGitRepositoryName(chart, 'bootstrap', 'flux-system');
    const { acknowledged, existing } = manifestOf(app);
    expect(acknowledged).toEqual([{ rule: 'missing-namespace', object: 'ConfigMap shop/map', reason: 'the platform team makes it' }]);
    expect(existing).toEqual(['a', 'b'].map((name) => ({ group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', name, namespace: 'flux-system' })));
  });

  test('is not there where the namespace is declared', () => {
    const { app, chart } = shop();
    AppNamespace.fromNamespaceName(chart, 'namespace', 'shop');
    expect(said(app)).toEqual([]);
  });
});

test.each([
  ['an error', 'missing-reference', 'x', "shop: 'missing-reference' is an error, which cannot be acknowledged. Mend what it complains of."],
  ['no rule', 'missing-namespaces', 'x', "shop: there is no rule 'missing-namespaces'. Name one of "],
  ['no reason', 'missing-namespace', ' ', "shop: 'missing-namespace' is acknowledged for no reason. Say why it is no mistake here."],
])('%s cannot be acknowledged', (_, rule, reason, message) => {
  expect(() => FluxRules.acknowledge(shop().chart, rule, reason)).toThrow(message);
});

describe('errors of several clusters', () => {
  function twoClusters() {
    const app = newApp();
    const chart = new Chart(app, 'shop', { namespace: 'default' });
    const config = new FluxConfigRepository(chart, 'config', { url: CONFIG });
    const clusters = ['one', 'two'].map((name) => config.cluster(name, { noCrossNamespaceRefs: name === 'two' }));
    return { app, chart, clusters };
  }
  const kustomization = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'a', namespace: 'default' },
    spec: { interval: '1m', prune: true, sourceRef: { kind: 'GitRepository', name: 'flux-system', namespace: 'flux-system' } },
  };

  test('name the cluster that they are of', () => {
    const { app, chart, clusters } = twoClusters();
    clusters[1].deliver(new ApiObject(chart, 'a', kustomization));
    expect(complaintsOf(app)).toEqual([expect.stringContaining("refuse that (in cluster 'two'). Make the GitRepository in namespace 'default'")]);
  });

  test('are none of a cluster that allows it, and a dependency in another cluster is none', () => {
    const { app, chart, clusters } = twoClusters();
    clusters[0].deliver(new ApiObject(chart, 'a', kustomization));
    synth(app);
    const manifests = new ManifestRepository(chart, 'manifests', { url: MANIFESTS });
    const [base, dependent] = ['base', 'dependent'].map((name, i) => {
      const branch = manifests.branch(name, { clusters: [clusters[i]] });
      branch.deliver(configMap(chart, name));
      return branch;
    });
    dependent.addDependsOn(base);
    expect(() => app.synth()).toThrow("spec.dependsOn[0]: nobody makes Kustomization 'flux-system/base', so that it would wait for ever (in cluster 'two')");
  });

  test('what names no cluster may refer to what is in any', () => {
    const { app, chart, clusters } = twoClusters();
    clusters[0].deliver(new ApiObject(chart, 'a', kustomization));
    new ApiObject(chart, 'b', { ...kustomization, metadata: { name: 'b', namespace: 'default' }, spec: { ...kustomization.spec, dependsOn: [{ name: 'a' }] } });
    expect(() => synth(app)).not.toThrow();
  });
});

test('every rule has an id of its own, and says in one sentence what it is about and where it is from', () => {
  expect(new Set(ALL_RULES.map(({ id }) => id)).size).toBe(ALL_RULES.length);
  for (const { id, summary, source } of ALL_RULES) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(summary).toMatch(/^[A-Z][^\n]*[^.\n]$/);
    expect(source).toMatch(/^[^\n]*[^.\n]$/);
  }
});
