import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { existingOf } from '../../src/routing';
import {
  ArtifactCopyStrategy, ArtifactGeneratorSource, ExternalArtifactSource, FluxArtifactGenerator, FluxExternalArtifact, FluxGitSource, FluxHelmChart,
} from '../../src/source';

const newChart = () => new Chart(new App(), 'chart', { namespace: 'shop' });

describe('ExternalArtifact', () => {
  test('for an object', () => {
    const chart = newChart();
    const build = new ApiObject(chart, 'build', { apiVersion: 'example.org/v1', kind: 'Build', metadata: { name: 'shop' } });
    const artifact = new FluxExternalArtifact(chart, 'artifact', { source: ExternalArtifactSource.fromObject(build) });
    expect(Testing.synth(chart)[1]).toMatchInlineSnapshot(`
{
  "apiVersion": "source.toolkit.fluxcd.io/v1",
  "kind": "ExternalArtifact",
  "metadata": {
    "name": "artifact",
    "namespace": "flux-system",
  },
  "spec": {
    "sourceRef": {
      "apiVersion": "example.org/v1",
      "kind": "Build",
      "name": "shop",
      "namespace": "shop",
    },
  },
}
`);
    expect(artifact).toMatchObject({
      sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'ExternalArtifact', sourceName: 'artifact', sourceNamespace: 'flux-system',
    });
  });

  test('for nothing in particular, and one that is made elsewhere', () => {
    const chart = newChart();
    new FluxExternalArtifact(chart, 'artifact');
    const other = FluxExternalArtifact.fromExternalArtifactName(chart, 'other', 'shop');
    expect(Testing.synth(chart).map(({ spec }) => spec)).toEqual([{}]);
    expect(existingOf(other)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'ExternalArtifact', name: 'shop', namespace: 'flux-system' });
  });
});

describe('ArtifactGenerator', () => {
  function newGenerator(pathPattern?: string): FluxArtifactGenerator {
    const chart = newChart();
    return new FluxArtifactGenerator(chart, 'generator', {
      sources: [
        ArtifactGeneratorSource.fromSource('apps', FluxGitSource.fromGitRepositoryName(chart, 'apps', 'apps')),
        ArtifactGeneratorSource.fromHelmChart('chart', FluxHelmChart.fromHelmChartName(chart, 'web', 'web', 'charts')),
      ],
      artifacts: [{
        name: 'cart',
        originRevision: '@apps',
        copy: [
          { from: '@chart/', to: '@artifact/', strategy: ArtifactCopyStrategy.EXTRACT },
          { from: '@apps/cart/values.yaml', to: '@artifact/web/values.yaml', strategy: ArtifactCopyStrategy.MERGE },
        ],
      }],
      pathPattern,
    });
  }

  test('of two sources', () => {
    expect(Testing.synth(Chart.of(newGenerator()))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "source.extensions.fluxcd.io/v1beta1",
    "kind": "ArtifactGenerator",
    "metadata": {
      "name": "generator",
      "namespace": "flux-system",
    },
    "spec": {
      "artifacts": [
        {
          "copy": [
            {
              "from": "@chart/",
              "strategy": "Extract",
              "to": "@artifact/",
            },
            {
              "from": "@apps/cart/values.yaml",
              "strategy": "Merge",
              "to": "@artifact/web/values.yaml",
            },
          ],
          "name": "cart",
          "originRevision": "@apps",
        },
      ],
      "sources": [
        {
          "alias": "apps",
          "kind": "GitRepository",
          "name": "apps",
        },
        {
          "alias": "chart",
          "kind": "HelmChart",
          "name": "web",
          "namespace": "charts",
        },
      ],
    },
  },
]
`);
  });

  test('what it makes is a source, though nothing here makes the object', () => {
    const generator = newGenerator();
    const cart = generator.artifact('cart');
    expect(cart).toMatchObject({ sourceKind: 'ExternalArtifact', sourceName: 'cart', sourceNamespace: 'flux-system' });
    expect(existingOf(cart)).toEqual({ group: 'source.toolkit.fluxcd.io', kind: 'ExternalArtifact', name: 'cart', namespace: 'flux-system' });
    expect(generator.artifact('cart')).toBe(cart);
    expect(() => generator.artifact('shop')).toThrow("chart/generator: it makes no artifact 'shop'. Name one of 'cart'.");
    expect(newGenerator('@apps/{app}').artifact('shop')).toMatchObject({ sourceName: 'shop' });
  });

  test('grows, and is looked at each time', () => {
    const generator = newGenerator();
    generator.addArtifact({ name: 'shop', copy: [{ from: '@apps/shop', to: '@artifact/' }] });
    expect(Testing.synth(Chart.of(generator))[0].spec.artifacts.map(({ name }: any) => name)).toEqual(['cart', 'shop']);
    expect(generator.artifact('shop').sourceName).toBe('shop');
    expect(() => generator.addArtifact({ name: 'shop', copy: [{ from: '@apps/shop', to: '@artifact/' }] })).toThrow(
      "chart/generator: ArtifactGenerator flux-system/generator: spec.artifacts[2].name: two artifacts are called 'shop'. Give each a name of its own [artifact-generator-twice: source-watcher].",
    );
    expect(() => newGenerator().addArtifact({ name: 'shop', copy: [{ from: '@app/shop', to: '@artifact/' }] })).toThrow(
      "chart/generator: ArtifactGenerator flux-system/generator: spec.artifacts[1].copy[0].from: no source has the alias 'app'. Write one of '@apps', '@chart', or add the source [artifact-generator-twice: source-watcher].",
    );
  });

  test('without sources or artifacts is refused', () => {
    const make = (props: any) => () => new FluxArtifactGenerator(newChart(), 'generator', props);
    expect(make({ artifacts: [] })).toThrow("chart/generator: 'sources' is missing.");
    expect(make({ sources: [] })).toThrow("chart/generator: 'artifacts' is missing. Say what to put together.");
  });
});
