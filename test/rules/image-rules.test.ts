import * as fc from 'fast-check';
import { checkObject } from '../../src/rules';

/** What the rules say of a spec, a line each. */
function complaints(kind: string, spec: any): string[] {
  return [...checkObject({ kind, spec })].map(({ rule, field, problem, remedy }) => `${rule.severity} ${rule.id} ${field}: ${problem}. ${remedy}.`);
}

describe('ImageRepository', () => {
  const repository = (spec: any) => complaints('ImageRepository', { image: 'team/app', ...spec });

  test('image', () => {
    expect([
      'https://ci:hunter2@registry.example.com/app', 'registry:5000/team/app:1.0.0', 'app:1', 'registry:5000', 'registry.example.com/app@sha256:0123', 'Team/app', '', 'x',
    ].
      flatMap((image) => repository({ image }))).toMatchInlineSnapshot(`
[
  "error image-repository-image spec.image: it begins with a scheme. Write it without, such as 'registry.example.com/team/app'.",
  "error image-repository-image spec.image: it has a tag. Name the repository alone: an ImagePolicy chooses among its tags.",
  "error image-repository-image spec.image: it has a tag. Name the repository alone: an ImagePolicy chooses among its tags.",
  "error image-repository-image spec.image: it has a tag. Name the repository alone: an ImagePolicy chooses among its tags.",
  "error image-repository-image spec.image: it has a digest. Name the repository alone: an ImagePolicy chooses among its tags.",
  "error image-repository-image spec.image: it is not the name of an image repository. Write lower-case letters, digits, '-', '_', '.' and '/', after the registry's host if there is one.",
  "error image-repository-image spec.image: it is not the name of an image repository. Write lower-case letters, digits, '-', '_', '.' and '/', after the registry's host if there is one.",
  "error image-repository-image spec.image: it is not the name of an image repository. Write lower-case letters, digits, '-', '_', '.' and '/', after the registry's host if there is one.",
]
`);
  });

  test.each([
    'alpine', 'team/app', 'registry.example.com/team/app', 'registry:5000/team/app', 'localhost:5000/app', 'localhost/app', 'ghcr.io/a/b/c-d_e.f', '${REGISTRY}/app', 'app:${TAG}', undefined, null, 7, ['a'],
  ])('image %j passes', (image) => {
    expect(repository({ image })).toEqual([]);
  });

  test('a Secret that is not read', () => {
    expect(['aws', 'azure', 'gcp'].flatMap((provider) => repository({ provider, secretRef: { name: 'login' } }))).toMatchInlineSnapshot(`
[
  "warning image-repository-ignored-secret spec.secretRef: with provider 'aws' Flux does not read it. Leave it out, or set provider 'generic'.",
  "warning image-repository-ignored-secret spec.secretRef: with provider 'azure' Flux does not read it. Leave it out, or set provider 'generic'.",
  "warning image-repository-ignored-secret spec.secretRef: with provider 'gcp' Flux does not read it. Leave it out, or set provider 'generic'.",
]
`);
    for (const spec of [{ provider: 'generic', secretRef: { name: 'login' } }, { secretRef: { name: 'login' } }, { provider: 'aws' }, { provider: 'aws', secretRef: null }]) {
      expect(repository(spec)).toEqual([]);
    }
  });

  test('what is excluded', () => {
    expect(repository({ exclusionList: ['^.*\\.sig$', '(?!v)', '[a-z', '(?P<a>x)'] })).toMatchInlineSnapshot(`
[
  "error image-repository-exclusion-pattern spec.exclusionList[1]: Flux refuses the regular expression: '(?!' is no kind of group. Write it in the syntax of RE2.",
  "error image-repository-exclusion-pattern spec.exclusionList[2]: Flux refuses the regular expression: a '[' has no ']'. Write it in the syntax of RE2.",
]
`);
    expect(repository({ exclusionList: ['^.*\\.sig$', '(${TAGS', 7, null] })).toEqual([]);
  });

  test('labels of namespaces', () => {
    const accessFrom = { namespaceSelectors: [{ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, {}, { matchLabels: { 'a/b/c': 'x', 'team': 'the blue one' } }] };
    expect(repository({ accessFrom })).toMatchInlineSnapshot(`
[
  "error image-repository-access-labels spec.accessFrom.namespaceSelectors[2].matchLabels: 'a/b/c' cannot be the key of a label. Write 'name' or 'prefix/name', the name of at most 63 characters.",
  "error image-repository-access-labels spec.accessFrom.namespaceSelectors[2].matchLabels: 'the blue one' cannot be the value of a label. Write letters, digits, hyphens, underscores and dots, at most 63 characters, a letter or digit at either end.",
]
`);
  });
});

describe('ImagePolicy', () => {
  const policy = (spec: any) => complaints('ImagePolicy', { policy: { semver: { range: '*' } }, ...spec });

  test('ways to choose', () => {
    expect([
      {},
      undefined,
      { semver: null },
      { semver: { range: '*' }, numerical: {} },
      { numerical: { order: 'asc' }, alphabetical: {}, semver: { range: '*' } },
    ].
      flatMap((choice) => policy({ policy: choice }))).toMatchInlineSnapshot(`
[
  "error image-policy-choice spec.policy: it says no way to choose a tag. Give one of 'semver', 'alphabetical', 'numerical'.",
  "error image-policy-choice spec.policy: it says no way to choose a tag. Give one of 'semver', 'alphabetical', 'numerical'.",
  "error image-policy-choice spec.policy: beside 'semver' Flux ignores 'numerical'. Leave the one that is meant.",
  "error image-policy-choice spec.policy: beside 'semver' Flux ignores 'alphabetical', 'numerical'. Leave the one that is meant.",
]
`);
    for (const choice of [undefined, null, 'semver', { alphabetical: {} }, { numerical: {} }, { semver: { range: '*' }, numerical: null }]) {
      expect(policy({ policy: choice })).toEqual([]);
    }
  });

  test('pattern', () => {
    expect(policy({ filterTags: { pattern: '^v(?<!x)', extract: '$9' } })).toMatchInlineSnapshot(`
[
  "error image-policy-filter-pattern spec.filterTags.pattern: Flux refuses the regular expression: '(?<!' is no kind of group. Write it in the syntax of RE2.",
]
`);
    expect(policy({ filterTags: { pattern: '^(?P<ts>[0-9]+)-(?<sha>[a-f0-9]{7})$' } })).toEqual([]);
  });

  test('extract', () => {
    expect([
      { extract: '$1' },
      { pattern: '', extract: '$0' },
      { pattern: '^main-(?P<ts>.*)$', extract: '$timestamp' },
      { pattern: '^main-(.*)$', extract: '$1x' },
      { pattern: '^main-(.*)$', extract: '$2' },
      { pattern: '^main-(.*)$', extract: 'latest' },
      { pattern: '^main-(.*)$', extract: '$$1' },
    ].
      flatMap((filterTags) => policy({ filterTags }))).toMatchInlineSnapshot(`
[
  "error image-policy-filter-extract spec.filterTags.extract: there is no 'pattern' whose groups it could name. Give 'pattern', with a group in it.",
  "error image-policy-filter-extract spec.filterTags.extract: there is no 'pattern' whose groups it could name. Give 'pattern', with a group in it.",
  "error image-policy-filter-extract spec.filterTags.extract: the pattern has no group 'timestamp', in whose place Flux puts nothing. Name a group of the pattern; write '\${name}' where a letter, a digit or '_' follows.",
  "error image-policy-filter-extract spec.filterTags.extract: the pattern has no group '1x', in whose place Flux puts nothing. Name a group of the pattern; write '\${name}' where a letter, a digit or '_' follows.",
  "error image-policy-filter-extract spec.filterTags.extract: the pattern has no group '2', in whose place Flux puts nothing. Name a group of the pattern; write '\${name}' where a letter, a digit or '_' follows.",
  "error image-policy-filter-extract spec.filterTags.extract: it names no group of the pattern, so that all tags become the same. Write '$1', or '$name' for a group '(?P<name>...)'.",
  "error image-policy-filter-extract spec.filterTags.extract: it names no group of the pattern, so that all tags become the same. Write '$1', or '$name' for a group '(?P<name>...)'.",
]
`);
  });

  test.each([
    ['^main-(?P<ts>.*)$', '$ts'],
    ['^main-(?P<ts>.*)$', '${ts}x'],
    ['^main-(?P<ts>.*)$', '$1'],
    ['^main-(.*)-(.*)$', '$2.$1'],
    ['^main$', '$0'],
    ['^main$', undefined],
    ['^main-(.*)$', '${EXTRACT}'],
    ['^main-(.*)$', '${EXTRACT:=$1}'],
    ['^${BRANCH}-', '$1'],
    ['(${PATTERN', '$1'],
    ['^main-(.*)$', ''],
    ['^main-(.*)$', 7],
  ])('pattern %j with extract %j passes', (pattern, extract) => {
    expect(policy({ filterTags: { pattern, extract } })).toEqual([]);
  });
});

describe('ImageUpdateAutomation', () => {
  const commit = { author: { email: 'flux@example.com' } };
  const automation = (spec: any) => complaints('ImageUpdateAutomation', { git: { commit }, ...spec });

  test('git', () => {
    expect([{ git: undefined }, { git: null }].flatMap(automation)).toMatchInlineSnapshot(`
[
  "error image-automation-git spec.git: it is missing, and nothing is updated without it. Give it, with 'commit.author.email'.",
  "error image-automation-git spec.git: it is missing, and nothing is updated without it. Give it, with 'commit.author.email'.",
]
`);
    expect(automation({})).toEqual([]);
  });

  test('checkout', () => {
    const push = { branch: 'raised' };
    const checkout = (ref: any) => automation({ git: { commit, push, checkout: { ref } } });
    expect([
      { branch: 'main', tag: 'v1' }, { tag: 'v1', semver: '1.x', name: 'refs/tags/v1' }, { commit: '0', tag: 'v1', branch: 'main' },
    ].

      flatMap(checkout)).toMatchInlineSnapshot(`
[
  "error image-automation-checkout-ref spec.git.checkout.ref.branch: Flux follows 'tag' and does not look at 'branch'. Keep the one that is meant.",
  "error image-automation-checkout-ref spec.git.checkout.ref.tag: Flux follows 'name' and does not look at 'tag'. Keep the one that is meant.",
  "error image-automation-checkout-ref spec.git.checkout.ref.semver: Flux follows 'name' and does not look at 'semver'. Keep the one that is meant.",
  "error image-automation-checkout-ref spec.git.checkout.ref.tag: Flux follows 'commit' and does not look at 'tag'. Keep the one that is meant.",
]
`);
    for (const ref of [{ branch: 'main' }, { commit: '0', branch: 'main', name: 'refs/heads/main' }, { tag: 'v1', branch: '' }, { tag: 'v1', branch: null }, undefined, null, 'main']) {
      expect(checkout(ref)).toEqual([]);
    }
  });

  test('push', () => {
    const pushing = ([ref, push]: any[]) => automation({ git: { commit, push, checkout: { ref } } });
    expect([
      [{ tag: 'v1' }], [{ name: 'refs/heads/main' }, { refspec: 'main:other' }], [{}], [{ commit: '0', branch: 'main' }], [{ commit: '0', branch: 'main' }, { branch: 'main' }],
    ].
      flatMap(pushing)).toMatchInlineSnapshot(`
[
  "error image-automation-push-branch spec.git.push.branch: there is no branch to push to: the checkout names none. Name the branch.",
  "error image-automation-push-branch spec.git.push.branch: there is no branch to push to: the checkout names none. Name the branch.",
  "error image-automation-push-branch spec.git.push.branch: there is no branch to push to: the checkout names none. Name the branch.",
  "error image-automation-push-branch spec.git.push.branch: the push to 'main' fails: a commit is checked out on no branch, and Flux switches only to a branch that the checkout does not name. Check out the branch, or push to another one.",
  "error image-automation-push-branch spec.git.push.branch: the push to 'main' fails: a commit is checked out on no branch, and Flux switches only to a branch that the checkout does not name. Check out the branch, or push to another one.",
]
`);
    for (const fields of [[{ branch: 'main' }], [{ branch: 'main' }, { branch: 'main' }], [{ tag: 'v1' }, { branch: 'x' }], [{ commit: '0', branch: 'main' }, { branch: 'x' }], [undefined]]) {
      expect(pushing(fields)).toEqual([]);
    }
  });

  test('message template', () => {
    const committing = (messageTemplate: any) => automation({ git: { commit: { ...commit, messageTemplate } } });
    expect(['{{range .Updated.Images}}{{println .}}{{end}}', '{{ .Changed.ImageResult }}'].flatMap(committing)).toMatchInlineSnapshot(`
[
  "error image-automation-message-template spec.git.commit.messageTemplate: '.Updated' was removed, and Flux commits nothing with it. Use '.Changed'.",
  "error image-automation-message-template spec.git.commit.messageTemplate: '.Changed.ImageResult' was removed, and Flux commits nothing with it. Use '.Changed.Objects'.",
]
`);
    for (const template of ['Updated', '{{ range .Changed.Changes }}{{ .NewValue }}{{ end }}', '{{ .Values.Updated }}', 7, null]) {
      expect(committing(template)).toEqual([]);
    }
  });

  test('selector of policies', () => {
    const selecting = (policySelector: any) => automation({ policySelector });
    expect(selecting({
      matchLabels: { 'team': 'blue/green', '': 'x' },
      matchExpressions: [
        { key: 'team', operator: 'In' }, { key: 'team', operator: 'NotIn', values: [] }, { key: 'team', operator: 'Exists', values: ['x'] },
        { key: 'team', operator: 'DoesNotExist', values: ['x'] }, { key: 'team', operator: 'Equals', values: ['x'] }, { key: '/x', operator: 'Exists' },
        { key: `x/${'y'.repeat(64)}`, operator: 'In', values: ['a b', '-'] },
      ],

    })).toMatchInlineSnapshot(`
[
  "error image-automation-policy-selector spec.policySelector.matchLabels: 'blue/green' cannot be the value of a label. Write letters, digits, hyphens, underscores and dots, at most 63 characters, a letter or digit at either end.",
  "error image-automation-policy-selector spec.policySelector.matchLabels: '' cannot be the key of a label. Write 'name' or 'prefix/name', the name of at most 63 characters.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[0]: operator 'In' has no 'values'. Give the values to compare with.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[1]: operator 'NotIn' has no 'values'. Give the values to compare with.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[2]: operator 'Exists' takes no 'values'. Leave them out, or write 'In' or 'NotIn'.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[3]: operator 'DoesNotExist' takes no 'values'. Leave them out, or write 'In' or 'NotIn'.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[4]: 'Equals' is no operator. Write 'In', 'NotIn', 'Exists' or 'DoesNotExist'.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[5]: '/x' cannot be the key of a label. Write 'name' or 'prefix/name', the name of at most 63 characters.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[6]: 'x/yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy' cannot be the key of a label. Write 'name' or 'prefix/name', the name of at most 63 characters.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[6]: 'a b' cannot be the value of a label. Write letters, digits, hyphens, underscores and dots, at most 63 characters, a letter or digit at either end.",
  "error image-automation-policy-selector spec.policySelector.matchExpressions[6]: '-' cannot be the value of a label. Write letters, digits, hyphens, underscores and dots, at most 63 characters, a letter or digit at either end.",
]
`);
    for (const selector of [
      {},
      { matchLabels: { 'app.kubernetes.io/name': 'shop', 'empty': '', 'team': '${TEAM}', '${LABEL}': 'x' } },
      { matchExpressions: [{ key: 'a', operator: '${OPERATOR}' }] },
      { matchExpressions: [{ key: 'a', operator: 'In', values: ['b', ''] }, { key: 'example.com/a_b.c', operator: 'Exists' }] },
      { matchExpressions: [{ key: 'a', operator: 'DoesNotExist', values: [] }] },
    ]) {
      expect(selecting(selector)).toEqual([]);
    }
  });
});

test('whatever stands in a field, the rules only look, and say it on one line', () => {
  const kinds = fc.constantFrom('ImageRepository', 'ImagePolicy', 'ImageUpdateAutomation');
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('a\nb', '(?\r\n', '\\\u2028', '$x{'));
  const expressions = fc.array(fc.record({ key: value, operator: value, values: value }));
  const labels = fc.oneof(value, fc.record({ matchLabels: value, matchExpressions: fc.oneof(value, expressions) }));
  const ref = fc.oneof(value, fc.record({ branch: value, tag: value, commit: value }));
  const spec = fc.oneof(value, fc.record({
    image: value,
    secretRef: value,
    provider: value,
    exclusionList: fc.oneof(value, fc.array(value)),
    accessFrom: fc.oneof(value, fc.record({ namespaceSelectors: fc.oneof(value, fc.array(labels)) })),
    policy: fc.oneof(value, fc.record({ semver: value, numerical: value })),
    filterTags: fc.oneof(value, fc.record({ pattern: value, extract: value })),
    git: fc.oneof(value, fc.record({
      checkout: fc.oneof(value, fc.record({ ref })), push: value, commit: fc.oneof(value, fc.record({ messageTemplate: value })),
    })),
    policySelector: labels,
  }, { requiredKeys: [] }));
  fc.assert(fc.property(kinds, spec, (kind, given) => {
    for (const complaint of complaints(kind, given)) {
      expect(complaint).not.toMatch(/[\r\n]/);
    }
  }), { numRuns: 500 });
});
