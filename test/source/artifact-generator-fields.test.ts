import * as fc from 'fast-check';
import {
  ArtifactCopyStrategy, ArtifactGeneratorSource, FluxArtifactGenerator, FluxBucketSource, FluxExternalArtifact, FluxGitSource, FluxHelmChart,
  FluxOciSource,
} from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';

const path = fc.constantFrom('deploy', 'deploy/**', '*.yaml', '');

/** Aliases and names stand once, and every path begins with an alias that is there. */
function consistent({ sources, artifacts, pathPattern, ...spec }: any): any {
  const { alias } = sources[0];
  return {
    ...spec,
    ...(pathPattern ? { pathPattern: `@${alias}/${pathPattern}` } : {}),
    sources: sources.filter((source: any, i: number) => sources.findIndex((other: any) => other.alias === source.alias) === i),
    artifacts: artifacts.filter(({ name }: any, i: number) => artifacts.findIndex((other: any) => other.name === name) === i)
      .map((artifact: any) => ({
        ...artifact,
        ...(artifact.revision ? { revision: `@${alias}` } : {}),
        ...(artifact.originRevision ? { originRevision: `@${alias}` } : {}),
        copy: artifact.copy.map((copy: any) => ({ ...copy, from: `@${alias}/${copy.from}` })),
      })),
  };
}

test('every field of an ArtifactGenerator can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'ArtifactGenerator',
    specs: specArbitrary('ArtifactGenerator', {
      'sources.alias': nameArbitrary,
      'sources.name': nameArbitrary,
      'sources.namespace': nameArbitrary,
      'artifacts.copy.from': path,
      'artifacts.copy.to': path.map((to) => `@artifact/${to}`),
      'artifacts.revision': fc.constant('@'),
      'artifacts.originRevision': fc.constant('@'),
      'pathPattern': fc.constant('apps/{app}'),
    }).map(consistent),
    construct(scope, spec) {
      new FluxArtifactGenerator(scope, 'generator', {
        sources: spec.sources.map(({ alias, kind, name, namespace }: any) => {
          const from: { [kind: string]: () => ArtifactGeneratorSource } = {
            GitRepository: () => ArtifactGeneratorSource.fromSource(alias, FluxGitSource.fromGitRepositoryName(scope, alias, name, namespace)),
            OCIRepository: () => ArtifactGeneratorSource.fromSource(alias, FluxOciSource.fromOciRepositoryName(scope, alias, name, namespace)),
            Bucket: () => ArtifactGeneratorSource.fromSource(alias, FluxBucketSource.fromBucketName(scope, alias, name, namespace)),
            ExternalArtifact: () => (
              ArtifactGeneratorSource.fromSource(alias, FluxExternalArtifact.fromExternalArtifactName(scope, alias, name, namespace))
            ),
            HelmChart: () => ArtifactGeneratorSource.fromHelmChart(alias, FluxHelmChart.fromHelmChartName(scope, alias, name, namespace)),
          };
          return from[kind]();
        }),
        artifacts: spec.artifacts,
        pathPattern: spec.pathPattern,
        commonMetadata: spec.commonMetadata,
      });
    },
  });
});

test('the strategies are those of the CRD', () => {
  expect(Object.values(ArtifactCopyStrategy).sort()).toEqual(['Extract', 'Merge', 'Overwrite']);
});
