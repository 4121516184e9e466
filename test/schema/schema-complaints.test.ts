import { SCHEMA_RULES, SchemaComplaint, schemaComplaints } from '../../src/schema';

const SOURCE = 'source.toolkit.fluxcd.io/v1';

function object(apiVersion: string, kind: string, spec: any, more: object = {}): any {
  return { apiVersion, kind, metadata: { name: 'app', namespace: 'flux-system' }, spec, ...more };
}

function git(spec: object = {}, more: object = {}): any {
  return object(SOURCE, 'GitRepository', { url: 'https://example.com/app.git', interval: '1m', ...spec }, more);
}

function kustomization(spec: object = {}): any {
  return object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', {
    interval: '10m', prune: true, sourceRef: { kind: 'GitRepository', name: 'app' }, ...spec,
  });
}

function bucket(spec: object): any {
  return object(SOURCE, 'Bucket', { bucketName: 'app', endpoint: 'minio:9000', interval: '1m', ...spec });
}

function receiver(spec: object): any {
  return object('notification.toolkit.fluxcd.io/v1', 'Receiver', { type: 'github', resources: [{ kind: 'GitRepository', name: 'app' }], ...spec });
}

function releaseOf(spec: object): any {
  return object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { interval: '1m', chartRef: { kind: 'OCIRepository', name: 'app' }, ...spec });
}

function oidc(...oidcProviders: object[]): any {
  const validations = [{ expression: 'claims.sub == "app"', message: 'no' }];
  return receiver({ type: 'generic-oidc', oidcProviders: oidcProviders.map((provider) => ({ audience: 'flux', validations, ...provider })) });
}

function text({ rule, field, problem, remedy }: SchemaComplaint): string {
  return `${rule}: ${field}: ${problem}. ${remedy}.`;
}

function complaints(...objects: any[]): string {
  return objects.flatMap((each) => schemaComplaints(each)).map(text).join('\n');
}

function metadata(fields: object): any {
  return { ...git(), metadata: { name: 'app', namespace: 'flux-system', ...fields } };
}

describe('unknown-kind', () => {
  test('says which version is right, or which kind', () => {
    expect(complaints(
      { ...git(), apiVersion: 'source.toolkit.fluxcd.io/v1beta2' },
      { ...git(), apiVersion: 'kustomize.toolkit.fluxcd.io/v1' },
      { ...git(), kind: 'GitRepositry' },
      { ...git(), kind: 'Chart' },
      { ...git(), kind: undefined },
      { ...git(), kind: 7 },
      { ...git(), apiVersion: 'source.toolkit.fluxcd.io' },
    )).toMatchInlineSnapshot(`
"unknown-kind: apiVersion: Flux 2.9 has no GitRepository in 'source.toolkit.fluxcd.io/v1beta2'. Write apiVersion: source.toolkit.fluxcd.io/v1.
unknown-kind: apiVersion: Flux 2.9 has no GitRepository in 'kustomize.toolkit.fluxcd.io/v1'. Write apiVersion: source.toolkit.fluxcd.io/v1.
unknown-kind: kind: Flux 2.9 has no kind 'GitRepositry' in 'source.toolkit.fluxcd.io/v1'. Write kind: GitRepository.
unknown-kind: kind: Flux 2.9 has no kind 'Chart' in 'source.toolkit.fluxcd.io/v1'. Choose one of: Bucket, ExternalArtifact, GitRepository, HelmChart, HelmRepository, OCIRepository.
unknown-kind: kind: kind is missing. Choose one of: Bucket, ExternalArtifact, GitRepository, HelmChart, HelmRepository, OCIRepository.
unknown-kind: kind: Flux 2.9 has no kind 7 in 'source.toolkit.fluxcd.io/v1'. Choose one of: Bucket, ExternalArtifact, GitRepository, HelmChart, HelmRepository, OCIRepository.
unknown-kind: apiVersion: Flux 2.9 has no GitRepository in 'source.toolkit.fluxcd.io'. Write apiVersion: source.toolkit.fluxcd.io/v1."
`);
  });

  test.each([
    ['another group', { apiVersion: 'apps/v1', kind: 'GitRepository' }],
    ['a group of Flux that none of its controllers has', { apiVersion: 'other.fluxcd.io/v1', kind: 'GitRepository' }],
    ['no group', { apiVersion: 'v1', kind: 'Secret' }],
    ['no version', { kind: 'GitRepository' }],
    ['no object', null],
  ])('leaves alone: %s', (_, other) => {
    expect(schemaComplaints(other)).toEqual([]);
  });
});

test('unknown-field', () => {
  expect(complaints(
    git({ intervall: '1m', tag: 'v1', ref: { brnach: 'main' }, include: [{ repository: { name: 'a', nmae: 'b' } }] }),
    git({ secretref: { name: 'a' }, somethingElse: true }),
    git({ verify: { secretRef: { name: 'a', key: 'b' } } }),
    git({}, { sepc: {}, data: {}, status: { observedGeneration: 1, phase: 'Ready' } }),
    metadata({ label: {} }),
  )).toMatchInlineSnapshot(`
"unknown-field: spec.intervall: a GitRepository has no field 'intervall' in spec. Write interval.
unknown-field: spec.tag: a GitRepository has no field 'tag' in spec. Move it to spec.ref.tag.
unknown-field: spec.include[0].repository.nmae: a GitRepository has no field 'nmae' in spec.include[0].repository. Write name.
unknown-field: spec.ref.brnach: a GitRepository has no field 'brnach' in spec.ref. Write branch.
unknown-field: spec.secretref: a GitRepository has no field 'secretref' in spec. Write secretRef.
unknown-field: spec.somethingElse: a GitRepository has no field 'somethingElse' in spec. Leave it out; what may be there: ignore, include, interval, provider, proxySecretRef, recurseSubmodules, ref, secretRef, serviceAccountName, sparseCheckout, suspend, timeout, url, verify.
unknown-field: spec.verify.secretRef.key: a GitRepository has no field 'key' in spec.verify.secretRef. Leave it out; what may be there: name.
unknown-field: sepc: a GitRepository has no field 'sepc'. Write spec.
unknown-field: data: a GitRepository has no field 'data'. Leave it out; what may be there: apiVersion, kind, metadata, spec, status.
unknown-field: status.phase: a GitRepository has no field 'phase' in status. Leave it out; what may be there: artifact, conditions, includedArtifacts, lastHandledReconcileAt, observedGeneration, observedIgnore, observedInclude, observedRecurseSubmodules, observedSparseCheckout, sourceVerificationMode.
unknown-field: metadata.label: a GitRepository has no field 'label' in metadata. Write labels."
`);
  expect(complaints(releaseOf({ values: { any: { thing: [null, 1, { more: true }] } } }))).toBe('');
});

test('null takes the default, where there is one', () => {
  expect(complaints(git({ timeout: null, verify: { mode: null, secretRef: { name: 'a' } } }), bucket({ provider: null }))).toBe('');
});

test('missing-field', () => {
  expect(complaints(
    object(SOURCE, 'GitRepository', {}),
    kustomization({ prune: undefined, sourceRef: { name: 'app' } }),
    git({ url: null }),
    { ...git(), spec: undefined },
  )).toMatchInlineSnapshot(`
"missing-field: spec.interval: interval is missing. Set interval to a duration such as 10m.
missing-field: spec.url: url is missing. Set url.
missing-field: spec.prune: prune is missing. Set prune to true or false.
missing-field: spec.sourceRef.kind: kind is missing. Set kind, to one of: OCIRepository, GitRepository, Bucket, ExternalArtifact.
wrong-type: spec.url: there is null where text is wanted. Write text, or leave it out.
missing-field: spec: spec is missing. Set it, with at least: interval, url."
`);
});

test('wrong-type', () => {
  expect(complaints(
    git({ interval: 60, suspend: 'true', ref: 'main', include: { fromPath: 'a' } }),
    git({ ref: { tag: 1.5, branch: true, commit: {} }, sparseCheckout: ['a', null, 3] }),
    releaseOf({ maxHistory: '5', timeout: [], suspend: null, upgrade: { remediation: { retries: 1.5 } } }),
    kustomization({ commonMetadata: { labels: { version: 2 } }, wait: 'yes' }),
    git({}, { spec: [] }),
    git({}, { status: { conditions: [{ type: true }] } }),
  )).toMatchInlineSnapshot(`
"wrong-type: spec.include: it is a map, and a list is wanted. Make it a list, if only of one.
wrong-type: spec.interval: 60 is a number, and text is wanted. Write text with a unit, such as '60s'.
wrong-type: spec.ref: 'main' is text, and a map is wanted. Write a map.
wrong-type: spec.suspend: 'true' is text, and true or false is wanted. Write true without quotes.
wrong-type: spec.ref.branch: true is a boolean, and text is wanted. Write it in quotes, as text.
wrong-type: spec.ref.commit: it is a map, and text is wanted. Write text.
wrong-type: spec.ref.tag: 1.5 is a number, and text is wanted. Write it in quotes, as text.
wrong-type: spec.sparseCheckout[1]: there is null where text is wanted. Write text, or leave it out.
wrong-type: spec.sparseCheckout[2]: 3 is a number, and text is wanted. Write it in quotes, as text.
wrong-type: spec.maxHistory: '5' is text, and an integer is wanted. Write 5 without quotes.
wrong-type: spec.suspend: there is null where true or false is wanted. Write true or false, or leave it out.
wrong-type: spec.timeout: it is a list, and text is wanted. Write text.
wrong-type: spec.upgrade.remediation.retries: 1.5 is a number, and an integer is wanted. Write an integer.
wrong-type: spec.commonMetadata.labels.version: 2 is a number, and text is wanted. Write it in quotes, as text.
wrong-type: spec.wait: 'yes' is text, and true or false is wanted. Write true or false.
wrong-type: spec: it is a list, and a map is wanted. Write a map.
wrong-type: status.conditions[0].type: true is a boolean, and text is wanted. Write it in quotes, as text."
`);
});

test('pattern', () => {
  expect(complaints(
    kustomization({ interval: '1d', timeout: '2w', retryInterval: '10' }),
    git({ interval: '1 h', timeout: '1h' }),
    git({ timeout: '1d', url: 'git@github.com:fluxcd/flux2.git' }),
    git({ url: 'ftp://example.com' }),
    object(SOURCE, 'OCIRepository', { interval: '', url: 'https://example.com' }),
    releaseOf({ valuesFrom: [{ kind: 'Secret', name: 'a', valuesKey: 'a key', targetPath: '' }] }),
  )).toMatchInlineSnapshot(`
"pattern: spec.interval: '1d' is no duration that may be here: its units are h, m, s and ms. Write it in these, such as 24h.
pattern: spec.retryInterval: '10' is no duration that may be here: its units are h, m, s and ms. Write it in these, such as 1h30m.
pattern: spec.timeout: '2w' is no duration that may be here: its units are h, m, s and ms. Write it in these, such as 336h.
pattern: spec.interval: '1 h' is no duration that may be here: its units are h, m, s and ms. Write it in these, such as 1h.
pattern: spec.timeout: '1h' is no duration that may be here: its units are m, s and ms. Write it in these, such as 60m.
pattern: spec.timeout: '1d' is no duration that may be here: its units are m, s and ms. Write it in these, such as 1440m.
pattern: spec.url: 'git@github.com:fluxcd/flux2.git' does not begin with http:// or https:// or ssh://. Write ssh://git@github.com/fluxcd/flux2.git.
pattern: spec.url: 'ftp://example.com' does not begin with http:// or https:// or ssh://. Write a URL that begins with http:// or https:// or ssh://.
pattern: spec.interval: '' is no duration that may be here: its units are h, m, s and ms. Write it in these, such as 1h30m.
pattern: spec.url: 'https://example.com' does not begin with oci://. Write a URL that begins with oci://.
pattern: spec.valuesFrom[0].targetPath: '' is not written as it must be there. Write it so that it matches ^([a-zA-Z0-9_\\-.\\\\\\/]|\\[[0-9]{1,5}\\])+$.
pattern: spec.valuesFrom[0].valuesKey: 'a key' is not written as it must be there. Write it so that it matches ^[\\-._a-zA-Z0-9]+$."
`);
  expect(complaints(git({ url: 'https://a\r\u2028b' }))).toBe('');
});

test('enum', () => {
  expect(complaints(
    git({ provider: 'gihub' }),
    kustomization({ sourceRef: { kind: 'gitrepository', name: 'app' }, decryption: { provider: '' } }),
    kustomization({ sourceRef: { kind: 'HelmRepository', name: 'app' }, buildMetadata: ['originAnnotations', 'x'] }),
  )).toMatchInlineSnapshot(`
"enum: spec.provider: 'gihub' is none of the values that it may have. Write github; it may be: generic, aws, azure, github.
enum: spec.decryption.provider: '' is none of the values that it may have. Choose one of: sops.
enum: spec.sourceRef.kind: 'gitrepository' is none of the values that it may have. Write GitRepository; it may be: OCIRepository, GitRepository, Bucket, ExternalArtifact.
enum: spec.buildMetadata[1]: 'x' is none of the values that it may have. Choose one of: originAnnotations, transformerAnnotations.
enum: spec.sourceRef.kind: 'HelmRepository' is none of the values that it may have. Choose one of: OCIRepository, GitRepository, Bucket, ExternalArtifact."
`);
});

test('bounds', () => {
  expect(complaints(
    kustomization({ targetNamespace: '', namePrefix: 'x'.repeat(201) }),
    oidc({ issuerURL: 'https://a', validations: [] }),
    object('image.toolkit.fluxcd.io/v1', 'ImageRepository', { image: 'a/b', interval: '1m', exclusionList: Array(26).fill('x') }),
    releaseOf({ maxHistory: 2 ** 63, install: { remediation: { retries: -(2 ** 63) } } }),
  )).toMatchInlineSnapshot(`
"bounds: spec.namePrefix: it has 201 characters. Give it at most 200.
bounds: spec.targetNamespace: it has 0 characters. Give it at least 1.
bounds: spec.oidcProviders[0].validations: it has 0 entries. Give it at least 1.
bounds: spec.exclusionList: it has 26 entries. Give it at most 25.
bounds: spec.install.remediation.retries: -9223372036854776000 is too small. Write a larger one.
bounds: spec.maxHistory: 9223372036854776000 is too large. Write a smaller one."
`);
  expect(complaints(kustomization({ namePrefix: '😀'.repeat(200) }), releaseOf({ maxHistory: 2 ** 62 }))).toBe('');
});

test('duplicate', () => {
  expect(complaints(oidc({ issuerURL: 'https://a' }, { issuerURL: 'https://b' }, { issuerURL: 'https://a' }))).toMatchInlineSnapshot('"duplicate: spec.oidcProviders[2]: entry 0 has the same issuerURL. Leave out one of them."');
});

describe('cel-rule', () => {
  test('says what has to be true', () => {
    expect(complaints(
      git({ serviceAccountName: 'a' }),
      bucket({ provider: 'aws', sts: { provider: 'ldap', endpoint: 'https://a' } }),
      receiver({}),
      releaseOf({ chart: { spec: { chart: 'a', sourceRef: { kind: 'HelmRepository', name: 'a' } } } }),
      kustomization({ kubeConfig: {} }),
    )).toMatchInlineSnapshot(`
"cel-rule: spec: serviceAccountName can only be set when provider is 'azure' or 'aws'. Change serviceAccountName, provider so that this is true: !has(self.serviceAccountName) || (has(self.provider) && (self.provider == 'azure' || self.provider == 'aws')).
cel-rule: spec: 'aws' is the only supported STS provider for the 'aws' Bucket provider. Change provider, sts so that this is true: self.provider != 'aws' || !has(self.sts) || self.sts.provider == 'aws'.
cel-rule: spec: secretRef is required when type is not generic-oidc. Change type, secretRef so that this is true: self.type == 'generic-oidc' || has(self.secretRef).
cel-rule: spec: either chart or chartRef must be set. Change chart, chartRef so that this is true: (has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef)).
cel-rule: spec.kubeConfig: exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified. Change configMapRef, secretRef so that this is true: has(self.configMapRef) || has(self.secretRef)."
`);
  });

  test('may be about the entries of a list', () => {
    const generator = (name: string, pathPattern?: string) => object('source.extensions.fluxcd.io/v1beta1', 'ArtifactGenerator', {
      sources: [{ alias: 'a', kind: 'Bucket', name: 'a' }], artifacts: [{ name, copy: [{ from: '@a/b', to: '@artifact/' }] }], pathPattern,
    });
    expect(complaints(generator('a.b-c'), generator('{app}', '@a/{app}'))).toBe('');
    expect(complaints(generator('a_b'))).toMatchInlineSnapshot('"cel-rule: spec: artifact names must be valid Kubernetes object names when pathPattern is not set. Change pathPattern, artifacts so that this is true: has(self.pathPattern) && size(self.pathPattern) > 0 || self.artifacts.all(a, a.name.matches(\'^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$\'))."');
  });

  test.each([
    ['allowed by what is not there', git({ provider: 'github' })],
    ['allowed by a value', git({ provider: 'azure', serviceAccountName: 'a' })],
    ['allowed by a default', bucket({ secretRef: { name: 'a' } })],
    ['a list is counted', oidc({ issuerURL: 'https://a' })],
  ])('holds: %s', (_, each) => {
    expect(complaints(each)).toBe('');
  });

  test('says nothing of what another complaint is about already', () => {
    expect(complaints(receiver({ type: undefined }))).toBe('missing-field: spec.type: type is missing. Set type, to one of: generic, generic-hmac, generic-oidc, github, gitlab, bitbucket, harbor, dockerhub, quay, gcr, nexus, acr, cdevents.');
  });
});

describe('metadata', () => {
  test('names, labels and annotations are as Kubernetes has them', () => {
    expect(complaints(
      { ...git(), metadata: undefined },
      metadata({ name: 'My_App', namespace: 'a.b' }),
      metadata({ name: '', generateName: 'App-' }),
      metadata({ labels: { 'a b': 'c', 'app.kubernetes.io/version': '1.0+a', '/x': '' } }),
      metadata({ labels: { replicas: 1 }, annotations: { 'a/b/c': 'd' }, uid: 'a' }),
      metadata({ annotations: { long: 'x'.repeat(256 * 1024) }, creationTimestamp: 'today' }),
      metadata({ finalizers: ['a b', 'orphan', 'foregroundDeletion'] }),
      metadata({ ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: '', controller: true }, { apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b', controller: true }] }),
      metadata({ ownerReferences: [{ kind: 'Pod' }] }),
    )).toMatchInlineSnapshot(`
"metadata: metadata.name: there is no name, and Flux applies an object by its name. Set metadata.name.
metadata: metadata.name: 'My_App' is no name for an object. Use lower-case letters, digits and hyphens, with a letter or digit at both ends, dots between them, at most 253.
metadata: metadata.namespace: 'a.b' is no name for a namespace. Use lower-case letters, digits and hyphens, with a letter or digit at both ends, at most 63.
metadata: metadata.name: there is no name, and Flux applies an object by its name. Set metadata.name.
metadata: metadata.generateName: 'Apa' is no name for an object. Use lower-case letters, digits and hyphens, with a letter or digit at both ends, dots between them, at most 253.
metadata: metadata.labels['a b']: 'a b' is no key for labels. Use at most 63 letters, digits, hyphens, dots and underscores, with a letter or digit at both ends; a domain and a slash may come before.
metadata: metadata.labels['/x']: '/x' is no key for labels. Use at most 63 letters, digits, hyphens, dots and underscores, with a letter or digit at both ends; a domain and a slash may come before.
metadata: metadata.labels['app.kubernetes.io/version']: '1.0+a' is no value for a label. Use at most 63 letters, digits, hyphens, dots and underscores, with a letter or digit at both ends, or make it an annotation.
wrong-type: metadata.labels.replicas: 1 is a number, and text is wanted. Write it in quotes, as text.
metadata: metadata.annotations['a/b/c']: 'a/b/c' is no key for annotations. Use at most 63 letters, digits, hyphens, dots and underscores, with a letter or digit at both ends; a domain and a slash may come before.
metadata: metadata.uid: uid is what a cluster sets, and no other cluster takes it. Leave uid out.
metadata: metadata.annotations: they are 262148 bytes long, and at most 262144 are allowed. Leave out the longest.
metadata: metadata.finalizers[0]: 'a b' is no name for a finalizer. Write a domain, a slash and a name.
metadata: metadata.finalizers: orphan and foregroundDeletion exclude each other. Leave out one of them.
metadata: metadata.ownerReferences[0].uid: an owner has no uid. Set uid.
metadata: metadata.ownerReferences: more than one owner is the controller. Set controller for one of them.
missing-field: metadata.ownerReferences[0].apiVersion: apiVersion is missing. Set apiVersion.
missing-field: metadata.ownerReferences[0].name: name is missing. Set name.
missing-field: metadata.ownerReferences[0].uid: uid is missing. Set uid."
`);
  });

  test.each([
    ['no namespace', { namespace: undefined }],
    ['all there is', {
      name: 'a.b-c',
      labels: { 'app.kubernetes.io/name': 'A_b.c', 'empty': '' },
      annotations: { 'Fluxcd.io/Some_thing': 'any thing' },
      finalizers: ['finalizers.fluxcd.io'],
      creationTimestamp: '2026-01-01T00:00:00Z',
      generation: 3,
      ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b' }],
    }],
    ['nulls', { creationTimestamp: null, labels: null, annotations: { a: null } }],
  ])('takes: %s', (_, fields) => {
    expect(complaints(metadata(fields))).toBe('');
  });
});

describe('substituted', () => {
  test('nothing is said of what Flux fills in', () => {
    const open = {
      ...git({
        'url': '${URL}', 'interval': '${INTERVAL:=1m}', 'provider': '${PROVIDER}', 'suspend': '${SUSPEND}', 'serviceAccountName': 'a', 'ref': '${REF}', '${MORE}': 1,
      }),
      metadata: { name: '${APP}-source', labels: { '${KEY}': '${VALUE:-${OTHER}}' } },
    };
    expect(schemaComplaints(open, { substituted: true })).toEqual([]);
    expect(schemaComplaints(open).map(({ rule }) => rule)).toEqual(expect.arrayContaining(['pattern', 'enum', 'wrong-type', 'unknown-field', 'metadata']));
    expect(schemaComplaints({ ...git(), apiVersion: 'source.toolkit.fluxcd.io/${VERSION}' }, { substituted: true })).toEqual([]);
  });

  test('the rest is', () => {
    const open = { ...git({ url: '${URL}', interval: '1d', brnach: 'x', include: [{ fromPath: '${A}' }] }), metadata: { name: '${APP}_source' } };
    expect(schemaComplaints(open, { substituted: true }).map(text).join('\n')).toMatchInlineSnapshot(`
"metadata: metadata.name: 'x_source' is no name for an object. Use lower-case letters, digits and hyphens, with a letter or digit at both ends, dots between them, at most 253.
unknown-field: spec.brnach: a GitRepository has no field 'brnach' in spec. Leave it out; what may be there: ignore, include, interval, provider, proxySecretRef, recurseSubmodules, ref, secretRef, serviceAccountName, sparseCheckout, suspend, timeout, url, verify.
missing-field: spec.include[0].repository: repository is missing. Set repository.
pattern: spec.interval: '1d' is no duration that may be here: its units are h, m, s and ms. Write it in these, such as 24h."
`);
  });
});

test('every rule has an id of its own', () => {
  const ids = SCHEMA_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
