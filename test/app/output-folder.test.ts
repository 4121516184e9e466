import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Testing, YamlOutputType } from 'cdk8s';
import { FluxApp, FluxAppProps } from '../../src/app';
import { FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { CONFIG, configMap, MANIFESTS, newApp } from '../delivery/support';
import { readFiles } from '../tools/output';

/** An app with a delivery and an object that nobody delivers, both of one name. */
function shop(props: FluxAppProps = {}): FluxApp {
  const app = newApp(props);
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production');
  new ManifestRepository(chart, 'manifests', { url: MANIFESTS }).branch('cart').deliver(configMap(chart, 'cart'));
  return app;
}

/** An app with a single chart. */
function small<A extends App>(app: A, chart = 'chart'): A {
  configMap(new Chart(app, chart), 'map');
  return app;
}

describe('a folder belongs to one app', () => {
  test.each([
    ['another name', { name: 'other' }],
    ['no name', { name: undefined }],
  ])('one of %s is refused, and touches no file', (_, second) => {
    const app = small(newApp({ name: 'shop' }));
    app.synth();
    const before = readFiles(app.outdir);
    expect(() => small(newApp({ ...second, outdir: app.outdir }), 'other').synth()).toThrow(
      `the app: '${app.outdir}' holds what app 'shop' rendered. Give each app an 'outdir' of its own, or remove the folder if the app was renamed.`,
    );
    expect(readFiles(app.outdir)).toEqual(before);
  });

  test('one that was given a name goes on in its folder', () => {
    const app = small(newApp({ name: undefined }));
    app.synth();
    small(newApp({ name: 'shop', outdir: app.outdir }), 'other').synth();
    expect(Object.keys(readFiles(app.outdir))).toEqual(['delivery.json', 'other.k8s.yaml']);
  });

  test('without a name it clears away what it wrote before', () => {
    const app = small(newApp({ name: undefined }));
    app.synth();
    small(newApp({ name: undefined, outdir: app.outdir }), 'other').synth();
    expect(Object.keys(readFiles(app.outdir))).toEqual(['delivery.json', 'other.k8s.yaml']);
  });

  test.each(['{"unclaimed":5}', '{"app":"other"}', '[]', 'null', '{"app":"shop","unclaimed":[],"repositories":[5]}'])('an odd delivery.json is no obstacle: %s', (content) => {
    const app = shop();
    fs.writeFileSync(path.join(app.outdir, 'delivery.json'), content);
    app.synth();
    expect(Object.keys(readFiles(app.outdir))).toContain('manifests/cart/cart.k8s.yaml');
  });
});

describe('construct metadata', () => {
  const read = (app: App) => JSON.parse(readFiles(app.outdir)['construct-metadata.json']);

  test('is recorded when asked for, as cdk8s records it', () => {
    const [ours, stock] = [newApp({ recordConstructMetadata: true }), Testing.app({ recordConstructMetadata: true })].map((app) => {
      small(app).synth();
      return read(app);
    });
    expect(ours).toEqual(stock);
  });

  test('names the same construct as cdk8s where several objects have one name, wherever they are delivered', () => {
    const app = shop({ recordConstructMetadata: true });
    app.synth();
    const ours = read(app);
    App.prototype.synth.call(app);
    expect(ours).toEqual(read(app));
  });

  test('is one of the files that a later synth clears away', () => {
    const app = small(newApp({ recordConstructMetadata: true }));
    app.synth();
    expect(JSON.parse(readFiles(app.outdir)['delivery.json']).unclaimed).toEqual(['chart.k8s.yaml', 'construct-metadata.json']);
    small(newApp({ outdir: app.outdir })).synth();
    expect(Object.keys(readFiles(app.outdir))).toEqual(['chart.k8s.yaml', 'delivery.json']);
  });

  test('is written before delivery.json, which says that all is there', () => {
    const app = small(newApp({ recordConstructMetadata: true }));
    fs.mkdirSync(path.join(app.outdir, 'construct-metadata.json'));
    expect(() => app.synth()).toThrow('EISDIR');
    expect(fs.existsSync(path.join(app.outdir, 'delivery.json'))).toBe(false);
  });

  test('that somebody else wrote stays', () => {
    const app = small(newApp());
    fs.writeFileSync(path.join(app.outdir, 'construct-metadata.json'), '{}');
    app.synth();
    app.synth();
    expect(readFiles(app.outdir)['construct-metadata.json']).toBe('{}');
  });
});

test('an object whose name makes too long a file name is told, and the former rendering stays', () => {
  const app = shop({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
  app.synth();
  const before = readFiles(app.outdir);
  configMap(new Chart(app, 'more'), 'm'.repeat(250));
  expect(() => app.synth()).toThrow(
    `more/${'m'.repeat(250)}: its file 'ConfigMap.${'m'.repeat(250)}.k8s.yaml' has a part of more than 240 bytes, too long for a file name. Give it another id or name.`,
  );
  expect(readFiles(app.outdir)).toEqual(before);
});
