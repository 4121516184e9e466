import * as fc from 'fast-check';
import { markedFile } from '../../../src/cli/images/marked-file';
import { imagesOf, mergeImages, saysTheSame } from '../../../src/cli/images/merge';
import { toYaml } from '../../../src/format';
import { json, ordinary } from '../../format/yaml-arbitraries';
import { readYaml, rewriteYaml, setImages } from '../../tools/yaml-oracle';

const MARK = '# {"$imagepolicy": "a:b"}';

function read(text: string) {
  return markedFile(Buffer.from(text));
}

describe('which values an automation sets', () => {
  // Each is tried with the automation's own code.
  const cases: [string, string, boolean][] = [
    ['behind a value', `kind: A\nimage: x ${MARK}\n`, true],
    ['behind a value in quotes', `kind: A\nimage: "x" ${MARK}\n`, true],
    ['behind an item', `kind: A\nl:\n  - x ${MARK}\n  - y\n`, true],
    ['behind a field of an item', `kind: A\nl:\n  - a: "1"\n    b: x ${MARK}\n  - y\n`, true],
    ['above an item', `kind: A\nl:\n  - y\n  ${MARK}\n  - x\n`, true],
    ['above the first item', `kind: A\nl:\n  ${MARK}\n  - x\n`, true],
    ['without blanks', 'kind: A\nimage: x #{"$imagepolicy":"a:b"}\n', true],
    ['with more hashes', 'kind: A\nimage: x ## {"$imagepolicy":"a:b"}\n', true],
    ['with other texts', 'kind: A\nimage: x # {"$imagepolicy":"a:b","o":"p"}\n', true],
    ['above a field', `kind: A\nb: 1\n${MARK}\nimage: x\n`, false],
    ['above the first field', `${MARK}\nimage: x\nkind: A\n`, false],
    ['below a value', `kind: A\nimage: x\n${MARK}\n`, false],
    ['behind a key', `kind: A\nimage: ${MARK}\n  x\n`, false],
    ['above an item, below another comment', `kind: A\nl:\n  # other\n  ${MARK}\n  - x\n`, false],
    ['behind a list in brackets', `kind: A\nm: [x, y] ${MARK}\n`, false],
    ['behind a map in braces', `kind: A\nm: {i: x} ${MARK}\n`, false],
    ['within other words', 'kind: A\nimage: x # see {"$imagepolicy": "a:b"}\n', false],
    ['with a number', 'kind: A\nimage: x # {"$imagepolicy": "a:b", "o": 1}\n', false],
    ['in a block of text', `kind: A\ntext: |\n  image: x ${MARK}\n`, false],
    ['in a text', `kind: A\ntext: 'image: x ${MARK}'\n`, false],
    ['in a text of several lines', `kind: A\ntext: "image: x ${MARK.replaceAll('"', '\\"')}\n  y"\n`, false],
  ];

  test('are found by the marker that is', () => {
    const set = setImages(cases.map(([, text]) => text), { 'a:b': 'new:1' });
    cases.forEach(([what, text, found], index) => {
      expect([what, set[index].includes('new:1')]).toEqual([what, found]);
      expect([what, [...read(text)?.markers.values() ?? []].map(({ policy, value }) => [policy, value])]).toEqual([what, found ? [['a:b', 'x']] : []]);
    });
  });

  test('are named by object and field, whatever the order', () => {
    const pod = (containers: string[]) => `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n${containers.join('')}`;
    const [one, two] = ['one', 'two'].map((name) => `    - name: ${name}\n      image: ${name}:1 # {"$imagepolicy": "shop:${name}"}\n`);
    const values = { 'app.image': 'z' };
    const map = `kind: Values\nmetadata:\n  name: v\nimages:\n  - "x" # {"$imagepolicy": "a:b:tag"}\n"${Object.keys(values)[0]}": z ${MARK}\n`;
    const expected = {
      'Deployment.apps shop/web spec.containers[name=one].image # shop:one': 'one:1',
      'Deployment.apps shop/web spec.containers[name=two].image # shop:two': 'two:1',
      'Values v images[0] # a:b:tag': 'x',
      'Values v ["app.image"] # a:b': 'z',
    };
    expect(imagesOf(read(`${pod([one, two])}---\n${map}`)!)).toEqual(expected);
    expect(imagesOf(read(`${map}---\n${pod([two, one])}`)!)).toEqual(expected);
  });

  test('of one object that is there twice are told apart', () => {
    const text = `kind: A\nimage: x ${MARK}\n`;
    expect(Object.values(imagesOf(read(`${text}---\n${text.replace('x', 'y')}`)!))).toEqual(['x', 'y']);
  });

  test.each([
    ['with an anchor', `kind: A\nimage: &x y ${MARK}\nother: *x\n`],
    ['with a tag of its own', `kind: A\nimage: y ${MARK}\nother: !!binary eA==\n`],
    ['with a mistake', `kind: A\nimage: y ${MARK}\n\t- x\n`],
    ['with a key twice', `kind: A\nimage: y ${MARK}\nimage: z\n`],
    ['of thousands of levels', `kind: A\nimage: y ${MARK}\nx: ${'['.repeat(20_000)}\n`],
  ])('a file %s has none that we know', (_, text) => expect(read(text)).toBeUndefined());
});

/** An object with markers, and any content beside. */
function fileWith(spec: unknown, image = 'shop/web:1.0.0', tag = '1.0.0'): string {
  const object = {
    apiVersion: 'example.org/v1',
    kind: 'Example',
    metadata: { name: 'web', finalizers: ['a.b/c'] },
    spec: { containers: [{ name: 'web', image }, { name: 'other', image: 'shop/other:1' }], values: { tag, any: spec } },
  };
  return toYaml([object], [
    { document: 0, path: ['spec', 'containers', 0, 'image'], text: '# {"$imagepolicy": "shop:web"}' },
    { document: 0, path: ['spec', 'values', 'tag'], text: '# {"$imagepolicy": "shop:web:tag"}' },
  ]);
}

const IMAGE = 'Example.example.org web spec.containers[name=web].image # shop:web';
const TAG = 'Example.example.org web spec.values.tag # shop:web:tag';

const tag = fc.stringMatching(/^[\w][\w.-]{0,20}$/);
const values = fc.array(fc.tuple(ordinary, tag), { maxLength: 200, size: 'max' });

describe('what the automation makes of a file with markers', () => {
  test('is the file itself, but for the marked values', () => {
    fc.assert(fc.property(values, (specs) => {
      const files = specs.map(([spec, from]) => fileWith(spec, `shop/web:${from}`, from));
      expect(rewriteYaml(files)).toEqual(files);
      expect(setImages(files, { 'shop:web': 'shop/web:v2.x', 'shop:web:tag': 'v2.x' }).map((text) => text.replace('"v2.x"', 'v2.x')))
        .toEqual(specs.map(([spec]) => fileWith(spec, 'shop/web:v2.x', 'v2.x')));
    }), { numRuns: 3 });
  });

  test('is no change to us, whatever else is in it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(json, tag, tag), { maxLength: 200, size: 'max' }), (specs) => {
      const files = specs.map(([spec, from]) => fileWith(spec, `shop/web:${from}`, from));
      const set = setImages(files, { 'shop:web': 'shop/web:new', 'shop:web:tag': specs[0]?.[2] ?? 'new' });
      files.forEach((file, index) => {
        const [before, after] = [read(file)!, read(set[index])];
        expect(after?.digest).toBe(before.digest);
        expect(imagesOf(after!)).toEqual({ [IMAGE]: 'shop/web:new', [TAG]: specs[0][2] });
      });
    }), { numRuns: 3 });
  });
});

describe('any other change', () => {
  test('of a value is one', () => {
    fc.assert(fc.property(json, json, (one, other) => {
      const same = JSON.stringify(one, ordered) === JSON.stringify(other, ordered);
      expect(read(fileWith(one))!.digest === read(fileWith(other))!.digest).toBe(same);
    }), { numRuns: 150 });
  });

  test.each([
    ['of a number that no double holds', (text: string) => text.replace('9007199254740992', '9007199254740993')],
    ['of a text to a number', (text: string) => text.replace('"1"', '1')],
    ['of a value that only looks marked', (text: string) => text.replace('other:1', 'other:2')],
    ['of a marker', (text: string) => text.replace('"shop:web"', '"shop:web2"')],
    ['of a part', (text: string) => text.replace('"shop:web:tag"', '"shop:web:name"')],
    ['that takes a marker away', (text: string) => text.replace(' # {"$imagepolicy": "shop:web"}', '')],
    ['that adds a marker', (text: string) => text.replace('other:1', '$& # {"$imagepolicy": "shop:other"}')],
    ['of the order of a list', (text: string) => text.replace('- a\n        - b', '- b\n        - a')],
    ['that adds a document', (text: string) => `${text}---\nkind: A\n`],
  ])('%s is one', (_, change) => {
    const file = fileWith({ number: 2 ** 53, text: '1', list: ['a', 'b'] });
    expect(change(file)).not.toBe(file);
    expect(read(change(file))?.digest).not.toBe(read(file)!.digest);
  });

  test.each([
    ['quotes', (text: string) => text.replace('image: shop/other:1', "'image': 'shop/other:1'")],
    ['comments', (text: string) => `# by hand\n${text.replace('kind: Example', '$& # see')}`],
    ['the order of fields', (text: string) => text.replace('kind: Example\n', '').concat('kind: Example\n')],
    ['indentation', (text: string) => text.replace('    - a.b/c', '  - a.b/c')],
    ['an empty document', (text: string) => `---\n${text}---\n`],
  ])('of %s is none', (_, change) => {
    const file = fileWith('x');
    expect(change(file)).not.toBe(file);
    expect(read(change(file))?.digest).toBe(read(file)!.digest);
  });
});

describe('the merge', () => {
  const marked = (image: string, at: string, spec: unknown = 'x') => read(fileWith(spec, image, at))!;
  const merge = (last: [string, string], rendered: [string, string], live: [string, string]) => (
    mergeImages(marked(...rendered), [{ live: marked(...live), published: imagesOf(marked(...last)) }])
  );

  test('leaves what is live where the app renders the same as last time, and else takes what the app renders', () => {
    const { text, overruled } = merge(['web:1', '1'], ['web:1', '3'], ['web:2', '2']);
    expect(imagesOf(read(text)!)).toEqual({ [IMAGE]: 'web:2', [TAG]: '3' });
    expect(overruled.map(({ marker, former }) => [marker.policy, marker.value, former.live.value])).toEqual([['shop:web:tag', '3', '2']]);
  });

  test('warns of nothing that was not moved, or that the app has caught up with', () => {
    expect(merge(['web:1', '1'], ['web:3', '2'], ['web:1', '2']).overruled).toEqual([]);
  });

  test('takes what the app renders where the marker is new', () => {
    const rendered = marked('web:1', '1');
    expect(mergeImages(rendered, []).text).toBe(rendered.text);
  });

  test('finds a container again when the order changes', () => {
    const swapped = (text: string) => text.replace(/( +- name: web\n.*\n)( +- name: other\n.*\n)/, '$2$1');
    const rendered = read(swapped(fileWith('x')))!;
    expect(rendered.text).toMatch(/other[^]*name: web/);
    const { text } = mergeImages(rendered, [{ live: marked('web:9', '9'), published: imagesOf(marked('shop/web:1.0.0', '1.0.0')) }]);
    expect(text).toBe(swapped(fileWith('x', 'web:9', '9.').replace('"9."', '"9"')));
  });

  test('holds to its word whatever the automation, the app and people do', () => {
    const choice = fc.tuple(tag, tag);
    fc.assert(fc.property(choice, choice, choice, json, (last, rendered, live, spec) => {
      const [wasRendered, isRendered, isLive] = [last, rendered, live].map(([image, at]) => marked(image, at, spec));
      const published = imagesOf(wasRendered);
      // What is rendered as before leaves all that is live as it is.
      const same = mergeImages(wasRendered, [{ live: isLive, published }]);
      expect(same.values).toEqual(imagesOf(isLive));
      expect(same.overruled).toEqual([]);
      expect(saysTheSame(isLive, wasRendered, same)).toBe(true);
      // Each value is one of the two sides', and once merged all stays.
      const merged = mergeImages(isRendered, [{ live: isLive, published }]);
      const written = read(merged.text)!;
      expect(imagesOf(written)).toEqual(merged.values);
      expect(merged.values).toEqual({
        [IMAGE]: last[0] === rendered[0] ? live[0] : rendered[0], [TAG]: last[1] === rendered[1] ? live[1] : rendered[1],
      });
      const again = mergeImages(isRendered, [{ live: written, published: imagesOf(isRendered) }]);
      expect(again.text).toBe(merged.text);
      expect(saysTheSame(written, isRendered, again)).toBe(true);
      // Of a file that says something else nothing is left as it is.
      expect(saysTheSame(marked(...live, [spec]), wasRendered, same)).toBe(false);
    }), { numRuns: 150 });
  });

  test('writes any tag so that it stays a text', () => {
    fc.assert(fc.property(fc.array(fc.oneof(tag, fc.constantFrom('1.10', '1e3', 'no', 'null', '0x1f', '2001-01-01', '1_0', '.5', '1:30', '12:30:00', '~', 'a b', '#', 'é', 'x: y', '1.2.3', '1.2.3-4')), { size: 'max', maxLength: 200 }), (tags) => {
      const last = marked('a', 'b');
      const files = tags.map((one) => mergeImages(last, [{ live: marked(one, one), published: imagesOf(last) }]).text);
      expect(files.map((text) => imagesOf(read(text)!))).toEqual(tags.map((one) => ({ [IMAGE]: one, [TAG]: one })));
      expect(rewriteYaml(files)).toEqual(files);
      expect(readYaml('kubernetes', files)).toEqual(tags.map((one) => ({ documents: [expect.objectContaining({ spec: expect.objectContaining({ values: { any: 'x', tag: one } }) })] })));
    }), { numRuns: 2 });
  });
});

function ordered(_: string, value: unknown): unknown {
  return value && typeof value === 'object' && !Array.isArray(value) ? { map: Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1) } : value;
}
