import * as fc from 'fast-check';
import { FormerFile } from '../../../src/cli/images/former';
import { MarkedFile, markedFile } from '../../../src/cli/images/marked-file';
import { imagesOf, mergeImages } from '../../../src/cli/images/merge';

interface Item {
  readonly name?: string;
  readonly value: string;
  readonly policy: string;
}

function file(items: readonly Item[]): MarkedFile {
  const lines = items.map(({ name, value, policy }) => `  - ${name ? `name: ${name}\n    ` : ''}image: ${JSON.stringify(value)} # {"$imagepolicy": "${policy}"}\n`);
  return markedFile(Buffer.from(`kind: A\nmetadata:\n  name: a\nlist:\n${lines.join('')}`))!;
}

/** The values of the items after a publish, and what is warned of: what the app says, and what was there. */
function merge(last: readonly Item[], live: readonly string[], now: readonly Item[]) {
  const former: FormerFile = { live: file(last.map((item, index) => ({ ...item, value: live[index] }))), published: imagesOf(file(last)) };
  const { values, overruled } = mergeImages(file(now), [former]);
  return { values: Object.values(values), overruled: overruled.map(({ marker, former: { live: { value } } }) => [marker.value, value]) };
}

const item = (name: string | undefined, value: string, policy: string): Item => ({ name, value, policy });

test('a marker for another policy is the same one', () => {
  expect(merge([item('web', '1', 'a:b')], ['2'], [item('web', '1', 'c:d')])).toEqual({ values: ['2'], overruled: [] });
  expect(merge([item('web', '1', 'a:b:tag')], ['2'], [item('web', '1', 'c:d:tag')])).toEqual({ values: ['2'], overruled: [] });
  expect(merge([item('web', '1', 'a:b')], ['2'], [item('web', '3', 'c:d')])).toEqual({ values: ['3'], overruled: [['3', '2']] });
});

test('a marker for another part of the image is another one', () => {
  expect(merge([item('web', 'web', 'a:b')], ['web:2'], [item('web', 'web', 'a:b:name')])).toEqual({ values: ['web'], overruled: [['web', 'web:2']] });
  const byHand = { live: file([item('web', '2', 'a:b:tag')]), published: imagesOf(file([item('web', 'web:1', 'a:b')])) };
  expect(Object.values(mergeImages(file([item('web', 'web:1', 'a:b')]), [byHand]).values)).toEqual(['web:1']);
});

test('items without names that change places take no image of each other', () => {
  const [one, other] = [item(undefined, '1', 'a:one'), item(undefined, '1', 'a:other')];
  expect(merge([one, other], ['2', '3'], [other, one])).toEqual({ values: ['1', '1'], overruled: [['1', '2'], ['1', '3']] });
  expect(merge([one, other], ['2', '3'], [item(undefined, '1', 'a:new'), other])).toEqual({ values: ['2', '3'], overruled: [] });
});

test('a value is missed where its marker comes to stand elsewhere', () => {
  expect(merge([item('web', '1', 'a:b')], ['2'], [item('renamed', '1', 'a:b')])).toEqual({ values: ['1'], overruled: [['1', '2']] });
  expect(merge([item('web', '1', 'a:b')], ['1'], [item('renamed', '1', 'a:b')])).toEqual({ values: ['1'], overruled: [] });
  expect(merge([item('web', '1', 'a:b')], ['2'], [item('web', '1', 'a:b'), item('more', '1', 'a:b')])).toEqual({ values: ['2', '1'], overruled: [] });
});

test('what nobody knows the last render of is warned of if it differs', () => {
  const [rendered, live] = ['1', '2'].map((value) => file([item('web', value, 'a:b')]));
  expect(mergeImages(rendered, [{ live, published: {} }])).toMatchObject({ text: rendered.text, overruled: [{ former: { live: { value: '2' } } }] });
  expect(mergeImages(rendered, [{ live: rendered, published: {} }]).overruled).toEqual([]);
});

test('nothing that an automation wrote goes without the app or a word, and once merged all stays', () => {
  const value = fc.constantFrom('1', '2', '3');
  const items = fc.uniqueArray(fc.record({
    name: fc.constantFrom('a', 'b', 'c'), value, policy: fc.constantFrom('p:q', 'p:r', 'p:r:tag'),
  }), { selector: ({ name }) => name, minLength: 1 });
  fc.assert(fc.property(items, items, fc.array(value, { minLength: 3, maxLength: 3 }), fc.boolean(), (last, now, live, knows) => {
    const liveFile = file(last.map((one, index) => ({ ...one, value: live[index] })));
    const rendered = file(now);
    const merged = mergeImages(rendered, [{ live: liveFile, published: knows ? imagesOf(file(last)) : {} }]);
    const warned = new Set(merged.overruled.map(({ marker }) => marker.place));
    now.forEach((one, index) => {
      const at = last.findIndex(({ name }) => name === one.name);
      const after = Object.values(merged.values)[index];
      const isLost = at >= 0 && live[at] !== after && (!knows || live[at] !== last[at].value);
      if (at >= 0) {
        expect(warned.has([...rendered.markers.values()][index].place)).toBe(isLost);
      }
      expect([one.value, at >= 0 ? live[at] : one.value]).toContain(after);
    });
    const written = markedFile(Buffer.from(merged.text))!;
    expect(mergeImages(rendered, [{ live: written, published: imagesOf(rendered) }])).toEqual({ ...merged, overruled: [] });
  }), { numRuns: 500 });
});
