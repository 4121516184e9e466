import { assert, constantFrom, dictionary, jsonValue, property, record, string, uniqueArray } from 'fast-check';
import { dump } from 'js-yaml';
import { stringify } from 'yaml';
import { IMMUTABLE_SAMPLES } from './immutable-samples';
import { changesAsMarkdown, changesAsText, diffOf, ObjectChange } from '../../src/cli/diff';
import { IMMUTABLE_KINDS } from '../../src/cli/diff/immutable';
import { toYaml } from '../../src/format';

type Texts = Record<string, string>;

function changesOf(before: Texts, after: Texts): ObjectChange[] {
  const [one, other] = [before, after].map((texts) => new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)])));
  return diffOf(one, other);
}

/** What differs between two objects, as text. */
function told(before: any, after: any): string[] {
  return changesAsText(changesOf({ 'a.yaml': toYaml([before]) }, { 'a.yaml': toYaml([after]) }), false);
}

const deployment = (container: object, more: object = {}) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: { spec: { containers: [{ name: 'web', ...container }] } }, ...more },
});

describe('objects', () => {
  test('are paired by kind, group, namespace and name, in whatever file and version', () => {
    const before = { 'a.yaml': toYaml([deployment({ image: 'web:1' }), { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } }]) };
    const after = {
      'b.yaml': toYaml([{ apiVersion: 'v1', kind: 'List', items: [deployment({ image: 'web:2' })] }]),
      'c.yaml': toYaml([{ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'other' } }]),
    };
    expect(changesAsText(changesOf(before, after), false)).toMatchInlineSnapshot(`
[
  "~ Deployment.apps shop/web: changed",
  "    spec.template.spec.containers[web].image: "web:1" -> "web:2"",
  "+ Service other/web: created",
  "- Service shop/web: deleted, may be pruned by Flux",
  "    Flux deletes it if its Kustomization has 'prune: true'",
]
`);
  });

  test('of which there are two with one identity are compared each in its turn', () => {
    const twice = [deployment({ image: 'web:1' }), deployment({ image: 'web:2' })];
    expect(changesOf({ 'a.yaml': toYaml(twice) }, { 'b.yaml': toYaml(twice) })).toEqual([]);
    expect(changesOf({ 'a.yaml': toYaml(twice) }, { 'a.yaml': toYaml([twice[0]]) })).toMatchObject([{ object: 'Deployment.apps shop/web', change: 'deleted' }]);
  });

  test('of kinds that are defined are seen in their definition', () => {
    const definition = (version: string) => ({
      apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' }, spec: { versions: [{ name: version }] },
    });
    expect(told(definition('v1'), definition('v2'))).toMatchInlineSnapshot(`
[
  "~ CustomResourceDefinition.apiextensions.k8s.io widgets.example.com: changed",
  "    spec.versions[v1]: {"name":"v1"} -> (none)",
  "    spec.versions[v2]: (none) -> {"name":"v2"}",
]
`);
  });
});

describe('fields', () => {
  test('are told as people write them, the items of lists by their names', () => {
    const before = deployment({ image: 'web:1', args: ['a'], ports: [{ containerPort: 80 }, { containerPort: 81 }], env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }, { replicas: 1 });
    const after = deployment({
      image: 'web:2', args: ['a', 'b'], ports: [{ containerPort: 80, protocol: 'UDP' }], env: [{ name: 'B', value: '2' }, { name: 'C' }, { name: 'A', value: '3' }],
    }, { replicas: '1', paused: null });
    (after.metadata as any).annotations = { 'example.com/a.b': 'x' };
    expect(told(before, after)).toMatchInlineSnapshot(`
[
  "~ Deployment.apps shop/web: changed",
  "    metadata.annotations: (none) -> {"example.com/a.b":"x"}",
  "    spec.template.spec.containers[web].image: "web:1" -> "web:2"",
  "    spec.template.spec.containers[web].args: ["a"] -> ["a","b"]",
  "    spec.template.spec.containers[web].ports[containerPort=80].protocol: (none) -> "UDP"",
  "    spec.template.spec.containers[web].ports[containerPort=81]: {"containerPort":81} -> (none)",
  "    spec.template.spec.containers[web].env[A].value: "1" -> "3"",
  "    spec.template.spec.containers[web].env[C]: (none) -> {"name":"C"}",
  "    spec.template.spec.containers[web].env (order): ["A","B"] -> ["B","A"]",
  "    spec.replicas: 1 -> "1"",
  "    spec.paused: (none) -> null",
]
`);
  });

  test('that are long are shortened, to their characters', () => {
    const [line] = told(deployment({}), deployment({ command: ['\u{1f600}'.repeat(1000)] })).slice(1);
    expect(line).toMatch(/^ {4}spec\S+: \(none\) -> \["(?:\u{1f600}){118}\.\.\. \(2004 characters\)$/u);
  });

  test('are as kustomize reads them', () => {
    const map = (value: string) => ({ 'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: ${value}}\n` });
    expect(changesOf(map('yes'), map('"yes"'))).toEqual([]);
    expect(changesOf(map('0x10'), map('16'))).toEqual([]);
    expect(changesOf(map('"16"'), map('16'))).toHaveLength(1);
    expect(changesOf(map('~'), map('"null"'))).toHaveLength(1);
  });

  test('named like what JavaScript has of its own are fields', () => {
    const map = (text: string) => ({ 'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: ${text}\n` });
    expect(changesOf(map('{constructor: a, __proto__: b}'), map('{constructor: b}'))[0].fields.map(({ field }) => field).sort()).toEqual(['data.__proto__', 'data.constructor']);
  });
});

describe('image markers', () => {
  const file = (text: string) => ({ 'a.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: ${text}\n` });

  test('are part of what is compared; other comments are not', () => {
    const marked = 'web:1 # {"$imagepolicy": "flux-system:web"}';
    expect(changesOf(file(marked), file('web:1 # {"$imagepolicy":   "flux-system:web"}'))).toEqual([]);
    expect(changesOf(file('web:1 # a'), file('web:1 # b'))).toEqual([]);
    expect(changesAsText(changesOf(file(marked), file('web:2')), false)).toMatchInlineSnapshot(`
[
  "~ Deployment.apps web: changed",
  "    spec.containers[web].image: "web:1" -> "web:2"",
  "    spec.containers[web].image (image marker): "flux-system:web" -> (none)",
]
`);
    expect(changesAsText(changesOf(file('web:1'), file(marked)), false)).toEqual([
      '~ Deployment.apps web: changed', '    spec.containers[web].image (image marker): (none) -> "flux-system:web"',
    ]);
  });

  test('are found as the automation finds them', () => {
    // Above a field it is the key's, above an item of a list the item's.
    const [comment, images] = ['# {"$imagepolicy": "flux-system:web"}', (above: string) => ({ 'a.yaml': `apiVersion: v1\nkind: A\nmetadata: {name: web}\nspec:\n${above}  - web:1\n` })];
    expect(changesOf(file('web:1'), { 'a.yaml': file('web:1')['a.yaml'].replace('      image:', `      ${comment}\n      image:`) })).toEqual([]);
    expect(changesOf(images(''), images(`  ${comment}\n`))[0].fields).toEqual([{ field: 'spec[0]', what: 'marker', change: 'added', after: 'flux-system:web' }]);
    expect(changesOf(file('|\n        # {"$imagepolicy": "a:b"}'), file('"# {\\"$imagepolicy\\": \\"a:b\\"}\\n"'))).toEqual([]);
  });

  test('of a list\'s item are followed where another comes before it', () => {
    const list = (...names: string[]) => ({
      'a.yaml': `apiVersion: v1\nkind: A\nmetadata: {name: web}\nspec:\n${names.map((name) => `  - name: ${name}\n    image: x # {"$imagepolicy": "a:${name}"}\n`).join('')}`,
    });
    expect(changesOf(list('b'), list('a', 'b'))[0].fields.map(({ field, what }) => `${field} ${what}`)).toEqual(['spec[a] value', 'spec[a].image marker']);
  });
});

describe('secrets', () => {
  const WORD = 'c2VjcmV0';

  test('are never told: values of Secrets, of what sops has encrypted, and of what kubectl has noted', () => {
    const secret = (fields: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, ...fields });
    const noted = (text: string) => ({ 'kubectl.kubernetes.io/last-applied-configuration': text });
    const map = (fields: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, ...fields });
    const pairs = [
      [secret({ data: { a: `${WORD}1`, gone: WORD } }), secret({ data: { a: `${WORD}2` }, stringData: { b: WORD } })],
      [secret({}), secret({ data: { a: WORD } })],
      [secret({ data: WORD }), secret({ data: { a: WORD }, [`x-${'y'}`]: [WORD] })],
      [map({ data: { a: 'ENC[AES256_GCM,data:x]' }, sops: { mac: `${WORD}1` } }), map({ data: { a: WORD } })],
      [map({ metadata: { name: 'a', annotations: noted(`${WORD}1`) } }), map({ metadata: { name: 'a', annotations: noted(`${WORD}2`) } })],
      [map({}), map({ metadata: { name: 'a', annotations: noted(WORD) } })],
      [secret({ data: { a: WORD } }), map({})],
    ];
    for (const [before, after] of pairs) {
      for (const [one, other] of [[before, after], [after, before]]) {
        const changes = changesOf({ 'a.yaml': toYaml([one]) }, { 'a.yaml': toYaml([other]) });
        expect(changes).not.toEqual([]);
        const all = JSON.stringify(changes) + changesAsText(changes, true).join('\n') + changesAsMarkdown(changes);
        expect(all).not.toContain(WORD);
      }
    }
    expect(told(...(pairs[0] as [any, any]))).toMatchInlineSnapshot(`
[
  "~ Secret a: changed",
  "    data.a: (hidden) -> (hidden)",
  "    data.gone: (hidden) -> (none)",
  "    stringData: (none) -> (hidden)",
]
`);
  });

  test('in a kustomization.yaml and in files that cannot be read are not told either', () => {
    const build = (word: string) => `secretGenerator: [{name: a, literals: [password=${word}]}]\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n`;
    const changes = changesOf({ 'kustomization.yaml': build(`${WORD}1`), 'b.yaml': `a: ${WORD}: ${WORD}\n` }, { 'kustomization.yaml': build(`${WORD}2`), 'b.yaml': 'a: [\n' });
    expect(changesAsText(changes, false)).toMatchInlineSnapshot(`
[
  "~ file b.yaml: changed",
  "    what is there cannot be read: line 1: a second map begins on this line",
  "    what was rendered cannot be read: line 1: this line is indented unlike its neighbours",
  "    where kustomize cannot read it either, Flux applies and deletes nothing of this directory until it is mended",
  "~ file kustomization.yaml: changed",
  "    secretGenerator: (hidden) -> (hidden)",
  "    it decides which objects are applied, and how",
]
`);
    expect(JSON.stringify(changes)).not.toContain(WORD);
  });
});

describe('files that are no objects', () => {
  test('are told as files; our record is not, nor that kustomization.yaml lists what comes and goes', () => {
    const build = (...resources: string[]) => toYaml([{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources }]);
    const map = (name: string) => toYaml([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }]);
    const before = { 'kustomization.yaml': build('a.yaml', 'b.yaml'), 'b.yaml': map('b'), 'hydrator.metadata': '{"a": 1}', 'values.txt': 'a' };
    const after = { 'kustomization.yaml': build('a.yaml', 'c.yaml'), 'c.yaml': map('c'), 'hydrator.metadata': '{"a": 2}', 'values.txt': 'b' };
    expect(changesOf(before, after).map(({ object, change, of }) => `${of} ${object} ${change}`)).toEqual([
      'object ConfigMap b deleted', 'object ConfigMap c created', 'file values.txt changed',
    ]);
    expect(changesAsText(changesOf({ 'kustomization.yaml': build('a.yaml') }, { 'kustomization.yaml': build('a.yaml', '../other') }), false)).toMatchInlineSnapshot(`
[
  "~ file kustomization.yaml: changed",
  "    resources: ["a.yaml"] -> ["a.yaml","../other"]",
  "    it decides which objects are applied, and how",
]
`);
  });

  test('what cannot be read is told with its line, and what is new beside it may have been there', () => {
    expect(changesAsText(changesOf({ 'a.yaml': 'kind: A\n\tb: c\n' }, { 'a.yaml': toYaml([deployment({})]) }), false)).toMatchInlineSnapshot(`
[
  "+ Deployment.apps shop/web: created",
  "    it may be there already, in what cannot be read",
  "~ file a.yaml: changed",
  "    what is there cannot be read: line 2: a tab indents this line",
]
`);
    const broken = [Buffer.from([0xff, 0xfe, 0]), Buffer.from('&a [*a, *a]'), Buffer.from(`${'['.repeat(5000)}`), Buffer.from('kind: {a: b}\napiVersion: 1\n'), Buffer.from('')];
    broken.forEach((content) => expect(() => diffOf(new Map([['a.yaml', content]]), new Map())).not.toThrow());
  });
});

describe('a rendered file that cannot be read', () => {
  const name = (object: string) => ({ metadata: { name: object } });

  test('deletes nothing, for kustomize fails on it', () => {
    const before = { 'a.yaml': toYaml([deployment({})]), 'b.yaml': toYaml([{ apiVersion: 'v1', kind: 'ConfigMap', ...name('b') }]) };
    expect(changesAsText(changesOf(before, { 'a.yaml': 'foo: [\n' }), false)).toMatchInlineSnapshot(`
[
  "- ConfigMap b: deleted, may be pruned by Flux",
  "    Flux deletes it if its Kustomization has 'prune: true'",
  "~ file a.yaml: changed",
  "    what was rendered cannot be read: line 1: this line is indented unlike its neighbours",
  "    where kustomize cannot read it either, Flux applies and deletes nothing of this directory until it is mended",
]
`);
    expect(changesAsText(changesOf(before, { 'a.yaml': `${before['a.yaml']}---\nfoo: [\n`, 'b.yaml': before['b.yaml'] }), false)).toMatchInlineSnapshot(`
[
  "~ file a.yaml: changed",
  "    what was rendered cannot be read: line 12: this line is indented unlike its neighbours",
  "    where kustomize cannot read it either, Flux applies and deletes nothing of this directory until it is mended",
]
`);
  });

  test('keeps no object from going to another file', () => {
    const [one, other] = ['1', '2'].map((value) => toYaml([{ apiVersion: 'v1', kind: 'ConfigMap', ...name('a'), data: { value } }]));
    const changes = changesOf({ 'a.yaml': one }, { 'a.yaml': 'foo: [\n', 'b.yaml': other });
    expect(changes.map(({ object, change }) => `${object} ${change}`)).toEqual(['ConfigMap a changed', 'a.yaml changed']);
  });
});

describe('fields that cannot be changed', () => {
  test.each(IMMUTABLE_SAMPLES)('$title', ({ before, after, fields }) => {
    const named = (object: any) => toYaml([{ ...object, metadata: { name: 'a', namespace: 'b' } }]);
    const [change] = changesOf({ 'a.yaml': named(before) }, { 'a.yaml': named(after) });
    expect(change.fields.filter(({ immutable }) => immutable).map(({ field }) => field)).toEqual(fields);
    expect(change.effect).toBe(fields.length ? 'refused' : 'applied');
  });

  test('every kind of the table has a sample, except those that stand for themselves', () => {
    const seen = new Set(IMMUTABLE_SAMPLES.map(({ before: { kind } }) => kind));
    expect(IMMUTABLE_KINDS.filter((kind) => !seen.has(kind.split('.')[0]))).toEqual([
      'CertificateSigningRequest.certificates.k8s.io', 'ResourceClaim.resource.k8s.io', 'ResourceClaimTemplate.resource.k8s.io',
    ]);
  });

  test('are replaced where the object says so, before or after', () => {
    const forced = { metadata: { name: 'a', annotations: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } } };
    const map = (value: string, more: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, immutable: true, data: { a: value }, ...more });
    expect(told(map('1'), map('2', forced))).toMatchInlineSnapshot(`
[
  "~ ConfigMap a: changed, deleted and made anew",
  "    metadata.annotations: (none) -> {"kustomize.toolkit.fluxcd.io/force":"Enabled"}",
  "    data.a: "1" -> "2"  (cannot be changed: it says 'immutable: true')",
  "    Flux deletes it and makes it anew ('kustomize.toolkit.fluxcd.io/force: enabled')",
]
`);
    expect(told(map('1', forced), map('2'))[0]).toBe('~ ConfigMap a: changed, deleted and made anew');
  });
});

describe('what goes', () => {
  test('is pruned unless it says otherwise', () => {
    const map = (annotations: object) => ({ 'a.yaml': toYaml([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a', annotations } }]) });
    expect(changesAsText(changesOf(map({}), {}), false)).toMatchInlineSnapshot(`
[
  "- Namespace a: deleted, may be pruned by Flux",
  "    Flux deletes it if its Kustomization has 'prune: true'",
  "    all that is in the namespace goes with it",
]
`);
    expect(changesAsText(changesOf(map({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }), {}), false)).toMatchInlineSnapshot(`
[
  "- Namespace a: deleted, stays in the cluster",
  "    it stays in the cluster: 'prune: disabled'",
]
`);
  });
});

describe('for any objects', () => {
  // What Flux cannot carry (a key '<<', some characters) is nowhere written.
  const value = jsonValue({ maxDepth: 4 }).filter((each) => !isRefused(each));
  const object = record({
    apiVersion: constantFrom('v1', 'apps/v1', 'example.com/v1'),
    kind: constantFrom('ConfigMap', 'Secret', 'Deployment', 'Widget'),
    metadata: record({ name: constantFrom('a', 'b'), namespace: constantFrom('c', 'd') }),
    spec: value,
    data: dictionary(string(), value).filter((each) => !isRefused(each)),
  });
  const objects = uniqueArray(object, { maxLength: 4, selector: ({ apiVersion, kind, metadata }) => JSON.stringify([apiVersion, kind, metadata]) });

  test('another way to write them is no change', () => {
    assert(property(objects, (all) => {
      const backwards = (inner: any): any => Array.isArray(inner) ? inner.map(backwards) : inner && typeof inner === 'object'
        ? Object.fromEntries(Object.entries(inner).reverse().map(([key, each]) => [key, backwards(each)])) : inner;
      const texts = [
        toYaml(all), all.map((each) => JSON.stringify(each)).join('\n---\n'), `# a comment\n${all.map((each) => stringify(backwards(each), { version: '1.1', defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'QUOTE_DOUBLE' })).join('---\n')}`,
      ];
      for (const text of texts) {
        expect(changesOf({ 'a.yaml': toYaml(all) }, { 'b.yaml': text, 'empty.yaml': '# nothing\n' })).toEqual([]);
      }
    }), { numRuns: 150 });
  });

  test('another value is a change, and one that is shown on one line each', () => {
    assert(property(object, value, (one, other) => {
      const changes = changesOf({ 'a.yaml': toYaml([one]) }, { 'a.yaml': toYaml([{ ...one, spec: other }]) });
      expect(changes.length).toBe(JSON.stringify(canonical(one.spec)) === JSON.stringify(canonical(other)) ? 0 : 1);
      expect([...changesAsText(changes, false).join(''), ...changesAsMarkdown(changes).replaceAll('\n', '')].filter((each) => /[\p{Cc}\p{Zl}\u202e]/u.test(each))).toEqual([]);
    }), { numRuns: 300 });
  });

  function isRefused(inner: unknown): boolean {
    try {
      toYaml([inner]);
      return false;
    } catch {
      return true;
    }
  }

  function canonical(inner: any): any {
    return Array.isArray(inner) ? inner.map(canonical) : inner && typeof inner === 'object'
      ? { map: Object.entries(inner).map(([key, each]) => [key, canonical(each)]).sort(([a], [b]) => a < b ? -1 : 1) } : inner;
  }
});

describe('hostile content', () => {
  const EVIL = '\u001b[2J\u009b31m\u202e```\n## x\n</details><script>@everyone [a](http://x) `b` \u2028';
  // YAML takes such characters only in escapes.
  const escaped = (object: object) => JSON.stringify(object).replace(/[^ -~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const changes = changesOf(
    { [`${EVIL}.txt`]: 'a', 'a.yaml': escaped(deployment({ image: EVIL })) },
    {
      [`${EVIL}.txt`]: 'b',
      'a.yaml': [deployment({ image: `${EVIL}2`, [EVIL]: 1 }), { apiVersion: EVIL, kind: EVIL, metadata: { name: EVIL } }].map(escaped).join('\n---\n'),
    },
  );

  test('steers no terminal', () => {
    const lines = changesAsText(changes, false);
    expect(lines.length).toBe(5);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Zl}\u202e]/u);
  });

  test('stays within the block of code of a comment', () => {
    const lines = changesAsMarkdown(changes).trimEnd().split('\n');
    const fence = /^`+/.exec(lines[0])![0];
    expect(lines[0]).toBe(`${fence}diff`);
    expect(lines[lines.length - 1]).toBe(fence);
    expect(lines.slice(1, -1).join('\n')).not.toContain(fence);
    expect(lines.slice(1, -1).every((line) => /^[-+!#] /.test(line))).toBe(true);
  });
});

test('what is too long for a comment is cut at an object, and counted', () => {
  const many = (value: number) => toYaml(Array.from({ length: 500 }, (_, index) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `map-${index}` }, data: { a: `${value}` } })));
  const text = changesAsMarkdown(changesOf({ 'a.yaml': many(1) }, { 'a.yaml': many(2) }), 2000);
  expect(text.length).toBeLessThanOrEqual(2000);
  const shown = text.match(/^! ConfigMap/gm)!.length;
  expect(text).toMatch(new RegExp(`Too long to be shown whole: ${500 - shown} more changes are left out\\.\n$`));
  expect(text.match(/^```/gm)).toHaveLength(2);
});

test('what has no YAML library in common is written alike', () => {
  const before = deployment({ image: 'web:1', args: ['a: b', '#c', ' d'] });
  expect(changesOf({ 'a.yaml': toYaml([before]) }, { 'a.yaml': `---\n${dump(before, { flowLevel: 3, sortKeys: true })}` })).toEqual([]);
});
