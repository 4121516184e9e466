import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { DigestReflectionPolicy, FluxImagePolicy, FluxImageRepository, ImageTagPolicy } from '../../src/image';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { specArbitrary } from '../schema/spec-arbitrary';

const KIND = 'ImagePolicy';

function tagPolicy({ semver, alphabetical, numerical }: any): ImageTagPolicy {
  return semver ? ImageTagPolicy.semver(semver.range)
    : alphabetical ? ImageTagPolicy.alphabetical(alphabetical.order) : ImageTagPolicy.numerical(numerical.order);
}

function digests(spec: any): DigestReflectionPolicy | undefined {
  switch (spec.digestReflectionPolicy) {
    case 'Always':
      return DigestReflectionPolicy.always(duration(spec.interval)!);
    case 'IfNotPresent':
      return DigestReflectionPolicy.ifNotPresent();
    case 'Never':
      return DigestReflectionPolicy.never();
    default:
      return undefined;
  }
}

function construct(scope: Construct, spec: any): void {
  const { name, namespace } = spec.imageRepositoryRef;
  new FluxImagePolicy(scope, 'app', {
    namespace: 'policies',
    imageRepository: FluxImageRepository.fromImageRepositoryName(scope, 'images', name, namespace ?? 'policies'),
    policy: tagPolicy(spec.policy),
    filterTags: spec.filterTags,
    digestReflectionPolicy: digests(spec),
    suspend: spec.suspend,
  });
}

const ordered = fc.record({ order: fc.constantFrom('asc', 'desc') });

/** Specs that hold together: one way to choose, written with its order; an interval where there is something to do at intervals. */
const specs = specArbitrary(KIND, {
  policy: fc.oneof(
    fc.record({ semver: fc.record({ range: fc.constantFrom('1.x', '>=1.0.0-0 <2.0.0') }) }), fc.record({ alphabetical: ordered }), fc.record({ numerical: ordered }),
  ),
  filterTags: fc.option(
    fc.record({ pattern: fc.constant('^v(?P<version>.*)$'), extract: fc.constantFrom('$1', '$version', 'v${1}x') }, { requiredKeys: ['pattern'] }),
    { nil: undefined },
  ),
  interval: fc.constantFrom('1m30s', '1h'),
}).map(({ interval = '1h', ...spec }) => (spec.digestReflectionPolicy === 'Always' ? { ...spec, interval } : spec));

test('every field of an ImagePolicy can be written, and comes out as it was meant', () => {
  expectFieldsCovered({ kind: KIND, specs, construct });
});
