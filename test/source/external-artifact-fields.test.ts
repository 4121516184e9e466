import { ExternalArtifactSource, FluxExternalArtifact } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { specArbitrary } from '../schema/spec-arbitrary';

test('every field of an ExternalArtifact can be written, and comes out as it was meant', () => {
  expectFieldsCovered({
    kind: 'ExternalArtifact',
    specs: specArbitrary('ExternalArtifact').map(({ sourceRef }) => (
      sourceRef ? { sourceRef: { apiVersion: 'example.org/v1', ...sourceRef } } : {}
    )),
    construct(scope, { sourceRef }) {
      new FluxExternalArtifact(scope, 'artifact', {
        source: sourceRef && ExternalArtifactSource.fromName(sourceRef.apiVersion, sourceRef.kind, sourceRef.name, sourceRef.namespace),
      });
    },
  });
});
