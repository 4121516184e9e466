import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { FluxApp } from '../../src/app';
import { ManifestRegistry, ManifestRepository } from '../../src/delivery';
import { FluxHelmRelease, HelmReleaseChart } from '../../src/helm';
import {
  DigestReflectionPolicy, FluxImagePolicy, FluxImageRepository, IFluxImagePolicy, ImageMarkerPart, ImageMarkers, ImageTagPolicy,
} from '../../src/image';
import { FluxKustomization } from '../../src/kustomize';
import { FluxGitSource, FluxOciSource } from '../../src/source';
import { Microservice, NodezooService } from '../../src/workload';

const SHA = `sha256:${'0'.repeat(64)}`;
let outdir: string;
let app: FluxApp;
let chart: Chart;
let policy: IFluxImagePolicy;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'markers-'));
  app = new FluxApp({ name: 'shop', outdir });
  chart = new Chart(app, 'shop', { namespace: 'shop' });
  policy = FluxImagePolicy.fromImagePolicyName(chart, 'policy', 'web');
});
afterEach(() => rmSync(outdir, { recursive: true, force: true }));

/** The lines that are marked, in all that is not delivered. */
function marked(file = 'shop.k8s.yaml'): string[] {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  app.synth();
  return readFileSync(join(outdir, file), 'utf8').split('\n').filter((line) => line.includes('$imagepolicy')).map((line) => line.trim().replace(/^- /, ''));
}

function newObject(spec: any, kind = 'Deployment'): ApiObject {
  return new ApiObject(chart, 'object', { apiVersion: 'example.org/v1', kind, metadata: { name: 'object' }, spec });
}

const container = (name: string) => ({ name, image: `${name}:1` });
const pod = (...names: string[]) => ({ containers: names.map(container) });

describe('a service', () => {
  test('is marked by its own option, also where it is delivered', () => {
    const manifests = new ManifestRepository(chart, 'manifests', { url: 'https://git.example.com/m.git' });
    new NodezooService(chart, 'web', { image: 'shop/web:1.0.0', port: 8080, imagePolicy: policy, delivery: manifests.branch('web') });
    expect(marked('m/web/web.k8s.yaml')).toEqual(['image: shop/web:1.0.0 # {"$imagepolicy": "flux-system:web"}']);
  });

  test('has other containers, which are marked by name', () => {
    const service = new Microservice(chart, 'web', { image: 'shop/web:1.0.0', port: 8080, imagePolicy: policy });
    ImageMarkers.markImage(service.deployment, policy, 'proxy');
    ImageMarkers.markImage(service, policy, 'init');
    service.deployment.addContainer({ name: 'proxy', image: 'proxy:1' });
    service.deployment.addInitContainer({ name: 'init', image: 'init:1' });
    expect(marked().map((line) => line.split(' #')[0])).toEqual(['image: shop/web:1.0.0', 'image: proxy:1', 'image: init:1']);
  });

  test('renders the same without a mark in a plain app', () => {
    const plain = new Chart(new App(), 'shop', { namespace: 'shop' });
    const imagePolicy = FluxImagePolicy.fromImagePolicyName(plain, 'policy', 'web');
    new Microservice(plain, 'web', { image: 'shop/web:1.0.0', port: 8080, imagePolicy });
    new Microservice(chart, 'web', { image: 'shop/web:1.0.0', port: 8080 });
    expect(plain.toJson()).toEqual(chart.toJson());
  });
});

describe('any workload', () => {
  test.each([
    ['a Deployment', { template: { spec: pod('web') } }, undefined, 'web:1'],
    ['a CronJob', { jobTemplate: { spec: { template: { spec: pod('web') } } } }, undefined, 'web:1'],
    ['a Pod', pod('web'), undefined, 'web:1'],
    ['one container of several', { template: { spec: pod('a', 'b') } }, 'b', 'b:1'],
    ['an init container', { template: { spec: { ...pod('a'), initContainers: [container('init')] } } }, 'init', 'init:1'],
  ])('%s', (_, spec, name, image) => {
    ImageMarkers.markImage(newObject(spec), policy, name);
    expect(marked()).toEqual([`image: ${image} # {"$imagepolicy": "flux-system:web"}`]);
  });

  test('of cdk8s-plus', () => {
    const job = new kplus.CronJob(chart, 'job', { schedule: { expressionString: '* * * * *' } as any, containers: [{ image: 'job:1' }] });
    ImageMarkers.markImage(job, policy);
    expect(marked()).toEqual(['image: job:1 # {"$imagepolicy": "flux-system:web"}']);
  });

  test.each([
    ['no containers', { replicas: 1 }, undefined, 'an image is marked, but it renders no containers whose image could be marked. Mark the field itself: ImageMarkers.markField().'],
    ['several containers', { template: { spec: pod('a', 'b') } }, undefined, "an image is marked, but it renders 2 containers, and none is named whose image to mark. Name one of 'a', 'b'."],
    ['no such container', { template: { spec: pod('a') } }, 'b', "an image is marked, but it renders no container 'b' whose image could be marked. Name one of 'a'."],
  ])('with %s is refused', (_, spec, name, message) => {
    ImageMarkers.markImage(newObject(spec), policy, name);
    expect(() => app.synth()).toThrow(`shop/object: ${message}`);
  });
});

describe('images of a Kustomization', () => {
  test('are marked part by part', () => {
    const digests = new FluxImagePolicy(chart, 'digests', {
      imageRepository: FluxImageRepository.fromImageRepositoryName(chart, 'images', 'web'),
      policy: ImageTagPolicy.semver('1.x'),
      digestReflectionPolicy: DigestReflectionPolicy.ifNotPresent(),
    });
    const kustomization = new FluxKustomization(chart, 'web', {
      source: FluxGitSource.fromGitRepositoryName(chart, 'source', 'source'),
      images: [{ name: 'other', newTag: '1' }, { name: 'web', newName: 'shop/web', newTag: '1.10', digest: SHA }],
    });
    ImageMarkers.markKustomizeImage(kustomization, 'web', digests);
    expect(marked()).toEqual([
      `digest: ${SHA} # {"$imagepolicy": "flux-system:digests:digest"}`,
      'newName: shop/web # {"$imagepolicy": "flux-system:digests:name"}',
      'newTag: "1.10" # {"$imagepolicy": "flux-system:digests:tag"}',
    ]);
  });

  test.each([
    ['no such image', 'other', "an image is marked, but there is no 'spec.images[name=other]' in what is rendered. Name one of 'web'."],
    ['nothing given for it', 'web', "an image is marked, but 'spec.images[name=web]' holds nothing that could be marked. Give one of 'newName', 'newTag', 'digest'."],
  ])('with %s is refused', (_, name, message) => {
    const kustomization = new FluxKustomization(chart, 'web', { source: FluxGitSource.fromGitRepositoryName(chart, 'source', 'source'), images: [{ name: 'web' }] });
    ImageMarkers.markKustomizeImage(kustomization, name, policy);
    expect(() => app.synth()).toThrow(`shop/web/Resource: ${message}`);
  });
});

describe('values of a HelmRelease', () => {
  function newRelease(values: any): FluxHelmRelease {
    return new FluxHelmRelease(chart, 'web', {
      chart: HelmReleaseChart.fromSource(FluxOciSource.fromOciRepositoryName(chart, 'charts', 'charts')), values,
    });
  }

  test.each([
    ['in parts', { image: { repository: 'shop/web', tag: '1.0' } }, 'image', ['repository: shop/web # {"$imagepolicy": "flux-system:web:name"}', 'tag: "1.0" # {"$imagepolicy": "flux-system:web:tag"}']],
    ['with the registry apart', { image: { registry: 'r', repository: 'shop/web', tag: 'v1' } }, 'image', ['tag: v1 # {"$imagepolicy": "flux-system:web:tag"}']],
    ['as one text, below a key with a dot', { 'a.b': { image: 'shop/web:1' } }, '["a.b"].image', ['image: shop/web:1 # {"$imagepolicy": "flux-system:web"}']],
  ])('%s', (_, values, path, lines) => {
    ImageMarkers.markHelmImage(newRelease(values), path, policy);
    expect(marked()).toEqual(lines);
  });

  test('at any path', () => {
    ImageMarkers.markField(newRelease({ sidecars: [{ tag: 'v1' }, { tag: 'v2' }] }), 'spec.values.sidecars[1].tag', policy, ImageMarkerPart.TAG);
    expect(marked()).toEqual(['tag: v2 # {"$imagepolicy": "flux-system:web:tag"}']);
  });
});

describe('what is not where it was said to be is refused', () => {
  test.each([
    ['a field that is not there', 'spec.a.x', "an image is marked, but there is no 'spec.a.x' in what is rendered. Mend the path, or the patch that moved the field; spec.a has b."],
    ['a field on the way', 'spec.x.y', "there is no 'spec.x' in what is rendered, on the way to 'spec.x.y'. Mend the path, or the patch that moved the field; spec has a, list, named, number, text, nothing."],
    ['a number', 'spec.number', "'spec.number' is marked as an image, and is no text but a number. Mark a field that holds text; write a tag in quotes."],
    ['nothing', 'spec.nothing', "'spec.nothing' is marked as an image, and is no text but null."],
    ['a map', 'spec.a', "'spec.a' is marked as an image, and is no text but a map."],
    ['several lines', 'spec.text', "'spec.text' is marked as an image, and is more than one line."],
    ['an item beyond the last', 'spec.list[1]', "an image is marked, but there is no 'spec.list[1]' in what is rendered. 'spec.list' has 1 items"],
    ['an item of no list', 'spec.a[0]', "an image is marked, but 'spec.a' is no list in what is rendered."],
    ['an item by its place that has a name', 'spec.named[0].image', "an image is marked, but 'spec.named[0]' says the place of an item, which a patch may move. Say its name: 'spec.named[name=web]'."],
  ])('%s', (_, field, message) => {
    const object = newObject({ a: { b: 'x' }, number: 1, list: ['x'], named: [container('web')], text: 'a\nb' });
    object.addJsonPatch(JsonPatch.add('/spec/nothing', null));
    ImageMarkers.markField(object, field, policy);
    expect(() => app.synth()).toThrow(message);
  });

  test('a field that a patch moved', () => {
    const object = newObject({ image: 'x' });
    ImageMarkers.markField(object, 'spec.image', policy);
    object.addJsonPatch(JsonPatch.move('/spec/image', '/spec/other'));
    expect(() => app.synth()).toThrow("shop/object: an image is marked, but there is no 'spec.image' in what is rendered. Mend the path, or the patch that moved the field; spec has other.");
  });

  test('but a container that a patch put elsewhere is found by its name', () => {
    const object = newObject({ template: { spec: pod('web') } });
    ImageMarkers.markImage(object, policy, 'web');
    object.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0', container('first')));
    expect(marked()).toEqual(['image: web:1 # {"$imagepolicy": "flux-system:web"}']);
  });

  test('a field that is marked for two policies', () => {
    const object = newObject({ image: 'x' });
    ['a', 'b'].forEach((name) => ImageMarkers.markField(object, 'spec.image', FluxImagePolicy.fromImagePolicyName(chart, name, name)));
    expect(() => app.synth()).toThrow("'spec.image' is marked twice, as '# {\"$imagepolicy\": \"flux-system:a\"}' and as '# {\"$imagepolicy\": \"flux-system:b\"}'. Mark it once.");
  });

  test.each(['', '.spec', 'spec..a', 'spec[', 'spec[x]', 'spec["x]', 'a]b'])('what is no path: %j', (path) => {
    expect(() => ImageMarkers.markField(newObject({}), path, policy)).toThrow(`shop/object: '${path}' is no path of a field.`);
  });

  test('a construct without an object', () => {
    expect(() => ImageMarkers.markImage(chart, policy)).toThrow('shop: it has no object of its own whose image could be marked.');
  });
});

describe('the policy of a marker', () => {
  const newPolicy = (digestReflectionPolicy?: DigestReflectionPolicy) => new FluxImagePolicy(chart, 'own', {
    imageRepository: FluxImageRepository.fromImageRepositoryName(chart, 'images', 'web'), policy: ImageTagPolicy.semver('1.x'), digestReflectionPolicy,
  });

  test('is made in the app, or declared', () => {
    const elsewhere: IFluxImagePolicy = new FluxImagePolicy(new Chart(new App(), 'other'), 'web', {
      imageRepository: FluxImageRepository.fromImageRepositoryName(chart, 'images', 'web'), policy: ImageTagPolicy.semver('1.x'), name: 'other',
    });
    ImageMarkers.markField(newObject({ image: 'x' }), 'spec.image', elsewhere);
    expect(() => app.synth()).toThrow("shop/object: 'spec.image' is marked for ImagePolicy 'flux-system/other', which nobody makes. Make it in this app, or say that it is made elsewhere: FluxImagePolicy.fromImagePolicyName().");
    FluxImagePolicy.fromImagePolicyName(chart, 'other', 'other');
    expect(marked()).toHaveLength(1);
  });

  test('made in the app is enough', () => {
    ImageMarkers.markField(newObject({ image: 'x' }), 'spec.image', newPolicy());
    expect(marked()).toEqual(['image: x # {"$imagepolicy": "flux-system:own"}']);
  });

  test('has no effect in an OCI artifact', () => {
    const object = newObject({ image: 'x' });
    ImageMarkers.markField(object, 'spec.image', policy);
    new ManifestRegistry(chart, 'registry', { url: 'oci://registry.example.com/shop' }).artifact('web').deliver(object);
    expect(() => app.synth()).toThrow(
      "shop/object: 'spec.image' is marked as an image, and 'shop/registry/artifact web:latest' delivers it to an OCI artifact, to which no image automation writes. " +
      'Deliver it to a branch or a path of a Git repository, or take the mark away.');
  });

  test('that says no digest has none to set, also when only a patch takes it away', () => {
    const object = newObject({ digest: SHA });
    expect(() => ImageMarkers.markField(object, 'spec.digest', newPolicy(), ImageMarkerPart.DIGEST)).toThrow('the policy says no digest');
    chart.node.tryRemoveChild('own');
    chart.node.tryRemoveChild('images');
    const own = newPolicy(DigestReflectionPolicy.ifNotPresent());
    chart.node.tryRemoveChild('object');
    ImageMarkers.markField(newObject({ digest: SHA }), 'spec.digest', own, ImageMarkerPart.DIGEST);
    ApiObject.of(own).addJsonPatch(JsonPatch.remove('/spec/digestReflectionPolicy'));
    expect(() => app.synth()).toThrow("shop/object: 'spec.digest' is marked for the digest, and ImagePolicy 'flux-system/own' says none.");
  });
});
