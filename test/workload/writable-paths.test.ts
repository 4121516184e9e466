import * as fc from 'fast-check';
import { IMAGE, newChart, podSpec } from './support';
import { Microservice } from '../../src/workload';

/** The pod of a service that may write to paths. */
function podWith(writablePaths: string[]): any {
  const chart = newChart();
  new Microservice(chart, 'shop', { image: IMAGE, port: 8080, writablePaths });
  return podSpec(chart);
}

test('an empty directory for each', () => {
  const pod = podWith(['/tmp', '/var/cache/', '/var-cache']);
  expect(pod.containers[0].volumeMounts).toEqual([
    { name: 'writable-tmp', mountPath: '/tmp' },
    { name: 'writable-var-cache', mountPath: '/var/cache' },
    { name: 'writable-var-cache-2', mountPath: '/var-cache' },
  ]);
  expect(pod.volumes).toEqual(pod.containers[0].volumeMounts.map(({ name }: any) => ({ name, emptyDir: {} })));
});

test('any paths: volumes have names of their own that the API server takes', () => {
  const path = fc.stringMatching(/^(\/[^:/]{1,80}){1,3}$/);
  fc.assert(fc.property(fc.uniqueArray(path, { maxLength: 9 }), (writablePaths) => {
    const pod = podWith(writablePaths);
    const names = (pod.volumes ?? []).map((volume: any) => volume.name);
    expect(new Set(names).size).toBe(writablePaths.length);
    expect(names.filter((name: string) => !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))).toEqual([]);
    expect((pod.containers[0].volumeMounts ?? []).map((mount: any) => mount.mountPath)).toEqual(writablePaths);
  }));
});

test.each(['tmp', '/', '', '/a:b', '//'])('refuses %p', (path) => {
  expect(() => podWith([path])).toThrow(
    `chart/shop: '${path}' in 'writablePaths' cannot be mounted. Give an absolute path without ':', and not the root.`,
  );
});

test('refuses one path twice', () => {
  expect(() => podWith(['/tmp', '/tmp/'])).toThrow('chart/shop: \'/tmp\' is in \'writablePaths\' twice. Give it once.');
});
