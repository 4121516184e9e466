import { App, Chart, Duration, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { FluxImageRepository, FluxImageRepositoryProps } from '../../src/image';
import { existingOf } from '../../src/routing';
import { RegistryProvider } from '../../src/source';
import { said } from '../rules/support';

function newRepository(props: Partial<FluxImageRepositoryProps> = {}): FluxImageRepository {
  return new FluxImageRepository(new Chart(new App(), 'chart', { namespace: 'shop' }), 'app', { image: 'registry.example.com/team/app', ...props });
}

test('an ImageRepository in flux-system, named like its id', () => {
  const repository = newRepository({ interval: Duration.minutes(5), exclusionList: ['^.*\\.sig$', '^pr-'] });
  expect(Testing.synth(Chart.of(repository))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "image.toolkit.fluxcd.io/v1",
    "kind": "ImageRepository",
    "metadata": {
      "name": "app",
      "namespace": "flux-system",
    },
    "spec": {
      "exclusionList": [
        "^.*\\.sig$",
        "^pr-",
      ],
      "image": "registry.example.com/team/app",
      "interval": "5m",
    },
  },
]
`);
  expect(repository).toMatchObject({ imageRepositoryName: 'app', imageRepositoryNamespace: 'flux-system', image: 'registry.example.com/team/app' });
});

test('what is missing is told', () => {
  expect(() => newRepository({ image: undefined })).toThrow("chart/app: 'image' is missing. Name the image, such as 'registry.example.com/team/app'.");
});

test.each([
  ['https://registry.example.com/app', 'ImageRepository flux-system/app: spec.image: it begins with a scheme'],
  ['registry.example.com/app:1.0.0', 'ImageRepository flux-system/app: spec.image: it has a tag'],
])('the image %s is refused', (image, message) => {
  expect(() => newRepository({ image })).toThrow(`chart/app: ${message}`);
});

test('a Secret is one that Flux reads there', () => {
  expect(() => newRepository({ secret: FluxSecret.basicAuth('login') })).toThrow(
    "chart/app: Flux does not read basic authentication from 'secret' (Secret 'login'). Give a FluxSecret for registry login",
  );
  expect(() => newRepository({ certSecret: FluxSecret.registry('login') })).toThrow("Flux does not read registry login from 'certSecret'");
  expect(() => newRepository({ proxySecret: FluxSecret.registry('login') })).toThrow("Flux does not read registry login from 'proxySecret'");
});

test('beside a workload identity no Secret counts, and the rules tell', () => {
  const secret = FluxSecret.registry('login');
  const specOf = (provider: RegistryProvider) => Testing.synth(Chart.of(newRepository({ secret, provider })))[0].spec;
  expect(said('ImageRepository', specOf(RegistryProvider.aws()))).toEqual([
    "image-repository-ignored-secret (warning) spec.secretRef: with provider 'aws' Flux does not read it. Leave it out, or set provider 'generic'.",
  ]);
  expect(said('ImageRepository', specOf(RegistryProvider.generic({ serviceAccountName: 'puller' })))).toEqual([]);
});

test('every namespace may be let in', () => {
  const repository = newRepository({ accessFrom: { namespaceSelectors: [{}] } });
  expect(Testing.synth(Chart.of(repository))[0].spec.accessFrom).toEqual({ namespaceSelectors: [{}] });
});

test('one that is made elsewhere renders nothing, and is there', () => {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const repository = FluxImageRepository.fromImageRepositoryName(chart, 'app', 'cart');
  expect(repository).toMatchObject({ imageRepositoryName: 'cart', imageRepositoryNamespace: 'flux-system' });
  expect(existingOf(repository)).toEqual({ group: 'image.toolkit.fluxcd.io', kind: 'ImageRepository', name: 'cart', namespace: 'flux-system' });
  expect(FluxImageRepository.fromImageRepositoryName(chart, 'other', 'cart', 'shop')).toMatchObject({ imageRepositoryNamespace: 'shop' });
  expect(Testing.synth(chart)).toEqual([]);
  expect(() => FluxImageRepository.fromImageRepositoryName(chart, 'none', process.env.NO_SUCH_VARIABLE!)).toThrow(
    "chart/none: 'name' is missing. Give the name of the ImageRepository.",
  );
});
