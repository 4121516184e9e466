import * as fc from 'fast-check';
import { verificationArbitrary, verificationOf } from './alternatives';
import { ChartOrigin, FluxBucketSource, FluxGitSource, FluxHelmChart, FluxHelmRepository } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { specArbitrary } from '../schema/spec-arbitrary';

/** What Flux looks at for one kind of source only is left out for the others. */
function consistent({ version, verify, reconcileStrategy, sourceRef: { kind, name }, ...spec }: any): any {
  const own = kind === 'HelmRepository' ? { version, verify } : { reconcileStrategy };
  return { ...spec, sourceRef: { kind, name }, ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) };
}

test('every field of a HelmChart can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'HelmChart',
    specs: specArbitrary('HelmChart', {
      version: fc.constantFrom('1.x', '>=1.0.0 <2.0.0'), verify: verificationArbitrary(['matchOIDCIdentity']),
    }).map(consistent),
    unwritable: { 'sourceRef.apiVersion': 'source-controller goes by the kind' },
    construct(scope, spec) {
      const { sourceRef: { kind, name }, chart, version, reconcileStrategy, valuesFiles, ignoreMissingValuesFiles } = spec;
      const common = { valuesFiles, ignoreMissingValuesFiles };
      const origin = () => {
        switch (kind) {
          case 'HelmRepository':
            return ChartOrigin.fromHelmRepository(
              FluxHelmRepository.fromHelmRepositoryName(scope, 'source', name), chart, { ...common, version, verify: verificationOf(spec.verify) },
            );
          case 'GitRepository':
            return ChartOrigin.fromSource(FluxGitSource.fromGitRepositoryName(scope, 'source', name), chart, { ...common, reconcileStrategy });
          default:
            return ChartOrigin.fromSource(FluxBucketSource.fromBucketName(scope, 'source', name), chart, { ...common, reconcileStrategy });
        }
      };
      new FluxHelmChart(scope, 'chart', { origin: origin(), interval: duration(spec.interval), suspend: spec.suspend });
    },
  });
});
