import { App, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { DigestReflectionPolicy, FluxImagePolicy, FluxImageRepository, ImageTagPolicy } from '../../src/image';
import { fieldPaths } from '../flux/field-paths';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary, specFieldPaths } from '../schema/spec-arbitrary';

const KIND = 'ImagePolicy';
const FIELDS = specFieldPaths(KIND);

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

function rendered(spec: any): any {
  const chart = new Chart(new App(), 'chart');
  const { name, namespace } = spec.imageRepositoryRef;
  new FluxImagePolicy(chart, 'app', {
    namespace: 'policies',
    imageRepository: FluxImageRepository.fromImageRepositoryName(chart, 'images', name, namespace ?? 'policies'),
    policy: tagPolicy(spec.policy),
    filterTags: spec.filterTags,
    digestReflectionPolicy: digests(spec),
    suspend: spec.suspend,
  });
  return Testing.synth(chart)[0].spec;
}

const ordered = fc.record({ order: fc.constantFrom('asc', 'desc') });

/** Specs that hold together: one way to choose, written with its order; an interval where there is something to do at intervals. */
const specs = specArbitrary(KIND, {
  policy: fc.oneof(
    fc.record({ semver: fc.record({ range: nameArbitrary }) }), fc.record({ alphabetical: ordered }), fc.record({ numerical: ordered }),
  ),
  filterTags: fc.option(
    fc.record({ pattern: fc.constant('^v(?P<version>.*)$'), extract: fc.constantFrom('$1', '$version', 'v${1}x') }, { requiredKeys: ['pattern'] }),
    { nil: undefined },
  ),
  interval: fc.constantFrom('1m30s', '1h'),
}).map(({ interval = '1h', ...spec }) => (spec.digestReflectionPolicy === 'Always' ? { ...spec, interval } : spec));

test('whatever the CRD lets one write comes out as it was meant', () => {
  const reached = new Set<string>();
  fc.assert(fc.property(specs, (spec) => {
    const result = rendered(spec);
    expect(result).toEqual(spec);
    fieldPaths(result, FIELDS).forEach((path) => reached.add(path));
  }), { numRuns: 200 });
  expect([...reached].sort()).toEqual(FIELDS);
});
