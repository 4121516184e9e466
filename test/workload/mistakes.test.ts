import * as fc from 'fast-check';
import { IMAGE, newChart } from './support';
import { Microservice, MicroserviceProps } from '../../src/workload';

function make(id: string, props: Partial<MicroserviceProps> = {}): Microservice {
  return new Microservice(newChart(), id, { image: IMAGE, port: 8080, ...props });
}

function accepted(build: () => unknown): boolean {
  try {
    build();
    return true;
  } catch {
    return false;
  }
}

test('an id that cannot be a Service\'s name: where, what and how to mend it', () => {
  expect(() => make('Shop')).toThrow(
    'chart/Shop: the id \'Shop\' cannot be the name of a Service. Give an id that starts with a lower-case letter and goes on with '
    + 'lower-case letters, digits and hyphens, at most 63 characters, no hyphen at the end.',
  );
});

test('any id: taken if and only if it is an RFC 1035 label', () => {
  const id = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[a-z0-9-]{1,70}$/),
    fc.stringMatching(/^[A-Za-z0-9/._-]{1,9}$/),
  ).filter((text) => !(text in {})); // `constructs` finds a child named `constructor` in every construct
  fc.assert(fc.property(id, (text) => {
    expect(accepted(() => make(text))).toBe(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text));
  }));
});

test.each(['a/b', '1shop', 'shop-', '-shop', 's'.repeat(64), 'shop.de'])('refuses the id %p', (id) => {
  expect(() => make(id)).toThrow(`the id '${id}' cannot be the name of a Service`);
});

test.each([
  ['port', 1, 65535],
  ['servicePort', 1, 65535],
  ['replicas', 0, 2147483647],
  ['userId', 1, 2147483647],
])('any %s: taken if and only if it is whole and from %d to %d', (property, least, most) => {
  const number = fc.oneof(
    fc.integer({ min: least - 2, max: least + 2 }),
    fc.integer({ min: most - 2, max: most + 2 }),
    fc.integer({ min: least, max: most }),
    fc.double(),
  );
  fc.assert(fc.property(number, (value) => {
    const legal = Number.isInteger(value) && value >= least && value <= most;
    expect(accepted(() => make('shop', { [property]: value }))).toBe(legal);
  }));
  expect(() => make('shop', { [property]: least - 1 })).toThrow(
    `chart/shop: '${property}' cannot be ${least - 1}. Give a whole number from ${least} to ${most}.`,
  );
});

test.each([undefined, null])('an image or a port that is %p is told', (missing: any) => {
  expect(() => make('shop', { image: missing })).toThrow(
    'chart/shop: \'image\' is missing. Give a reference such as \'nodezoo/nodezoo-npm-service:1.0.0\'.',
  );
  expect(() => make('shop', { port: missing })).toThrow('chart/shop: \'port\' is missing. Give the port that the program listens on.');
});

test('a port that is text is refused, as no type holds in JavaScript', () => {
  expect(() => make('shop', { port: '8080' as any })).toThrow('chart/shop: \'port\' cannot be 8080');
});

test.each([
  [{ image: '' }, '\'\' is no image'],
  [{ image: 'shop :1' }, '\'shop :1\' is no image'],
  [{ namespace: 'Shop' }, '\'Shop\' is no namespace'],
  [{ namespace: '' }, '\'\' is no namespace'],
  [{ probePath: 'healthz' }, '\'probePath\' cannot be \'healthz\''],
  [{ env: { '1ST': undefined as any } }, '\'1ST\' cannot be the name of an environment variable'],
  [{ labels: { 'app.kubernetes.io/name': 'other' } }, 'label \'app.kubernetes.io/name\' is the selector\'s and cannot be \'other\''],
  [{ labels: { 'no label': 'x' } }, '\'no label\' cannot be the name of a label'],
  [{ labels: { '/x': 'x' } }, '\'/x\' cannot be the name of a label'],
  [{ labels: { team: 'Blue Team' } }, 'label \'team\' cannot be \'Blue Team\''],
  [{ labels: { team: 'x'.repeat(64) } }, 'label \'team\' cannot be'],
])('refuses %j', (props, problem) => {
  expect(() => make('shop', props)).toThrow(`chart/shop: ${problem}`);
});

test('the selector\'s own label may be said once more', () => {
  expect(() => make('shop', { labels: { 'app.kubernetes.io/name': 'shop' } })).not.toThrow();
});
