import { App, Chart, Duration, Testing } from 'cdk8s';
import {
  DigestReflectionPolicy, FluxImagePolicy, FluxImagePolicyProps, FluxImageRepository, ImageMarkerPart, ImageTagOrder, ImageTagPolicy,
} from '../../src/image';
import { existingOf } from '../../src/routing';

function newPolicy(props: Partial<FluxImagePolicyProps> = {}): FluxImagePolicy {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const imageRepository = FluxImageRepository.fromImageRepositoryName(chart, 'images', 'cart');
  return new FluxImagePolicy(chart, 'app', { imageRepository, policy: ImageTagPolicy.semver('>=1.0.0'), ...props });
}

function spec(props: Partial<FluxImagePolicyProps>): any {
  return Testing.synth(Chart.of(newPolicy(props)))[0].spec;
}

test('an ImagePolicy in flux-system, named like its id', () => {
  const policy = newPolicy();
  expect(Testing.synth(Chart.of(policy))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "image.toolkit.fluxcd.io/v1",
    "kind": "ImagePolicy",
    "metadata": {
      "name": "app",
      "namespace": "flux-system",
    },
    "spec": {
      "imageRepositoryRef": {
        "name": "cart",
      },
      "policy": {
        "semver": {
          "range": ">=1.0.0",
        },
      },
    },
  },
]
`);
  expect(policy).toMatchObject({ imagePolicyName: 'app', imagePolicyNamespace: 'flux-system', imageRepository: { imageRepositoryName: 'cart' } });
});

test.each([
  [{ imageRepository: undefined }, "'imageRepository' is missing. Give a FluxImageRepository"],
  [{ policy: undefined }, "'policy' is missing. Say how to choose a tag: ImageTagPolicy.semver('...')."],
  [{ filterTags: { pattern: '^v(?=1)' } }, "spec.filterTags.pattern: Flux refuses the regular expression: '(?=' is no kind of group"],
  [{ filterTags: { pattern: '^v(.*)$', extract: '$ts' } }, "spec.filterTags.extract: the pattern has no group 'ts'"],
])('%j is refused', (props, message) => {
  expect(() => newPolicy(props)).toThrow(`chart/app: ${message}`);
});

test('the image repository of another namespace is named with it', () => {
  const chart = new Chart(new App(), 'chart');
  const repository = new FluxImageRepository(chart, 'images', { image: 'team/app', namespace: 'shop' });
  expect(spec({ imageRepository: repository }).imageRepositoryRef).toEqual({ name: 'images', namespace: 'shop' });
  expect(spec({ imageRepository: repository, namespace: 'shop' }).imageRepositoryRef).toEqual({ name: 'images' });
});

describe('ways to choose', () => {
  test.each([
    [ImageTagPolicy.semver('1.x'), { semver: { range: '1.x' } }],
    [ImageTagPolicy.alphabetical(), { alphabetical: { order: 'asc' } }],
    [ImageTagPolicy.alphabetical(ImageTagOrder.DESC), { alphabetical: { order: 'desc' } }],
    [ImageTagPolicy.numerical(), { numerical: { order: 'asc' } }],
    [ImageTagPolicy.numerical(ImageTagOrder.DESC), { numerical: { order: 'desc' } }],
  ])('%j', (policy, expected) => {
    expect(spec({ policy }).policy).toEqual(expected);
  });

  test('a range is needed', () => {
    expect(() => ImageTagPolicy.semver('')).toThrow("ImageTagPolicy.semver: the range is missing. Give one, such as '>=1.0.0' or '*'.");
  });
});

describe('digests', () => {
  test.each([
    [undefined, {}],
    [DigestReflectionPolicy.never(), { digestReflectionPolicy: 'Never' }],
    [DigestReflectionPolicy.ifNotPresent(), { digestReflectionPolicy: 'IfNotPresent' }],
    [DigestReflectionPolicy.always(Duration.hours(2)), { digestReflectionPolicy: 'Always', interval: '2h' }],
  ])('%j', (digestReflectionPolicy, expected) => {
    const { imageRepositoryRef, policy, ...rest } = spec({ digestReflectionPolicy });
    expect(rest).toEqual(expected);
  });

  test('an interval is needed, of more than nothing', () => {
    expect(() => DigestReflectionPolicy.always(undefined!)).toThrow('DigestReflectionPolicy.always: the interval is missing.');
    expect(() => newPolicy({ digestReflectionPolicy: DigestReflectionPolicy.always(Duration.seconds(0)) })).toThrow(
      "chart/app: 'digestReflectionPolicy' is 0. Give more than that, or leave it out.",
    );
  });
});

describe('markers', () => {
  const DIGEST_MARKER = '# {"$imagepolicy": "flux-system:app:digest"}';

  test.each([
    [undefined, '# {"$imagepolicy": "flux-system:app"}'],
    [ImageMarkerPart.NAME, '# {"$imagepolicy": "flux-system:app:name"}'],
    [ImageMarkerPart.TAG, '# {"$imagepolicy": "flux-system:app:tag"}'],
  ])('of %s', (part, expected) => {
    expect(newPolicy().marker(part)).toBe(expected);
  });

  test('the digest has one if the policy says it', () => {
    const message = "chart/app: a marker for the digest has no value: the policy says no digest. Give 'digestReflectionPolicy'.";
    expect(() => newPolicy().marker(ImageMarkerPart.DIGEST)).toThrow(message);
    expect(() => newPolicy({ digestReflectionPolicy: DigestReflectionPolicy.never() }).marker(ImageMarkerPart.DIGEST)).toThrow(message);
    for (const digestReflectionPolicy of [DigestReflectionPolicy.ifNotPresent(), DigestReflectionPolicy.always(Duration.hours(1))]) {
      expect(newPolicy({ digestReflectionPolicy }).marker(ImageMarkerPart.DIGEST)).toBe(DIGEST_MARKER);
    }
  });
});

test('one that is made elsewhere renders nothing, is there, and has markers', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const policy = FluxImagePolicy.fromImagePolicyName(chart, 'app', 'cart', 'policies');
  expect(policy).toMatchObject({ imagePolicyName: 'cart', imagePolicyNamespace: 'policies' });
  expect(existingOf(policy)).toEqual({ group: 'image.toolkit.fluxcd.io', kind: 'ImagePolicy', name: 'cart', namespace: 'policies' });
  expect(policy.marker(ImageMarkerPart.DIGEST)).toBe('# {"$imagepolicy": "policies:cart:digest"}');
  expect(FluxImagePolicy.fromImagePolicyName(chart, 'other', 'cart').imagePolicyNamespace).toBe('flux-system');
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => FluxImagePolicy.fromImagePolicyName(chart, 'none', process.env.NO_SUCH_VARIABLE!)).toThrow(
    "chart/none: 'name' is missing. Give the name of the ImagePolicy.",
  );
});
