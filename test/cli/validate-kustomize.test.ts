import { ValidateFolder } from './validate-folder';

const folders: ValidateFolder[] = [];
const folder = (files: Record<string, string>) => {
  const made = ValidateFolder.of(files);
  folders.push(made);
  return made;
};
afterEach(() => folders.splice(0).forEach((one) => one.remove()));

const POLICY = (name: string, repository = 'nobody') => `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: ${name}
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: ${repository}
  policy:
    numerical: {}
`;
const REPOSITORY = (name: string) => `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: ${name}
  namespace: flux-system
spec:
  image: registry.example.com/app
  interval: 5m
`;
const APPLY = (name: string, path: string, more = '') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 1h
  prune: true
  path: ${path}
  sourceRef:
    kind: GitRepository
    name: flux-system
${more}`;
const CLUSTER = 'clusters/c/apps.yaml';

test('only what a kustomization.yaml names is applied', () => {
  const made = folder({ [CLUSTER]: APPLY('apps', './apps'), 'apps/kustomization.yaml': 'resources:\n  - a.yaml\n', 'apps/a.yaml': POLICY('a'), 'apps/b.yaml': POLICY('b') });
  expect(made.found()).toEqual(['apps/a.yaml:7 missing-reference spec.imageRepositoryRef']);
  expect(made.check().counts.unreached).toBe(1);
});

test('without one all is applied, and a folder with one is one resource', () => {
  expect(folder({
    [CLUSTER]: APPLY('apps', './apps'),
    'apps/deep/a.yml': POLICY('a'),
    'apps/built/kustomization.yml': 'resources: [in/b.yaml]\n',
    'apps/built/in/b.yaml': POLICY('b', 'a'),
    'apps/built/in/c.yaml': POLICY('c'),
  }).found()).toEqual(['apps/built/in/b.yaml:7 missing-reference spec.imageRepositoryRef', 'apps/deep/a.yml:7 missing-reference spec.imageRepositoryRef']);
});

test('a file that is no object in a folder that is applied as a whole', () => {
  const made = folder({ [CLUSTER]: APPLY('apps', './apps'), 'apps/values.yaml': 'a: 1\n' });
  expect(made.check().findings).toEqual([expect.objectContaining({ rule: 'not-an-object', severity: 'warning', file: 'apps/values.yaml', line: 1 })]);
  expect(made.write('.sourceignore', 'apps/values.yaml\n').found()).toEqual([]);
});

test('names and namespaces', () => {
  const made = folder({
    [CLUSTER]: APPLY('apps', './apps', '  targetNamespace: shop\n'),
    'apps/kustomization.yaml': 'namePrefix: pre-\nnameSuffix: -post\nresources: [all.yaml]\n',
    'apps/all.yaml': `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: any\n---\n${REPOSITORY('a')}---\n${POLICY('a', 'pre-a-post')}`,
  });
  expect(made.found()).toEqual([]);
  expect(made.edit('apps/all.yaml', 'name: pre-a-post', 'name: a').found()).toEqual(['apps/all.yaml:21 missing-reference spec.imageRepositoryRef']);
});

test('patches by file, in place, of old spelling, with a JSON patch, and one that deletes', () => {
  const made = folder({
    [CLUSTER]: APPLY('apps', './apps'),
    'apps/kustomization.yaml': `resources: [all.yaml]
patchesStrategicMerge: [a.yaml]
patchesJson6902:
  - target: {group: image.toolkit.fluxcd.io, version: v1, kind: ImagePolicy, name: b}
    path: b.json.yaml
patches:
  - patch: |
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: {name: c, namespace: flux-system}
      spec: {imageRepositoryRef: {name: there}}
  - patch: |
      $patch: delete
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: {name: d, namespace: flux-system}
`,
    'apps/all.yaml': [REPOSITORY('there'), POLICY('a'), POLICY('b'), POLICY('c'), POLICY('d')].join('---\n'),
    'apps/a.yaml': 'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: a, namespace: flux-system}\nspec: {imageRepositoryRef: {name: there}}\n',
    'apps/b.json.yaml': '- {op: replace, path: /spec/imageRepositoryRef/name, value: there}\n',
  });
  expect(made.found()).toEqual([]);
  expect(made.check().counts).toMatchObject({ unreached: 0, partlyChecked: 0 });
  expect(made.edit('apps/a.yaml', 'name: there', 'name: gone').found()).toEqual(['apps/a.yaml:4 missing-reference spec.imageRepositoryRef']);
});

test('components change what is there', () => {
  const component = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [repository.yaml]
patches:
  - target: {kind: ImagePolicy}
    patch: '[{"op": "replace", "path": "/spec/imageRepositoryRef/name", "value": "there"}]'
`;
  const files = { 'apps/all.yaml': POLICY('a'), 'part/kustomization.yaml': component, 'part/repository.yaml': REPOSITORY('there') };
  expect(folder({ ...files, [CLUSTER]: APPLY('apps', './apps'), 'apps/kustomization.yaml': 'resources: [all.yaml]\ncomponents: [../part]\n' }).found()).toEqual([]);
  expect(folder({ ...files, [CLUSTER]: APPLY('apps', './apps', '  components: [../part]\n') }).found()).toEqual([]);
});

test('folders that name each other', () => {
  expect(folder({ [CLUSTER]: APPLY('apps', './a'), 'a/kustomization.yaml': 'resources:\n  - ../b\n', 'b/kustomization.yaml': 'resources:\n  - ../a\n' }).found())
    .toEqual(['b/kustomization.yaml:2 kustomize-cycle']);
});

test('a remote base may bring what is missing', () => {
  const made = folder({ [CLUSTER]: APPLY('apps', './a'), 'a/kustomization.yaml': 'resources: [a.yaml, "https://example.com/x?ref=1"]\n', 'a/a.yaml': POLICY('a') });
  expect(made.check().findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(['warning missing-reference']);
});

test('objects for another cluster are not in this one', () => {
  const files = { [CLUSTER]: APPLY('here', './here') + '---\n' + APPLY('there', './there', '  kubeConfig:\n    secretRef:\n      name: there\n'), 'here/a.yaml': POLICY('a', 'r'), 'there/r.yaml': REPOSITORY('r') };
  const report = folder(files).check();
  expect(report.findings.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual(['here/a.yaml:7 missing-reference']);
  expect(report.clusters.map(({ name }) => name)).toEqual(['clusters/c', 'the cluster of Kustomization flux-system/there']);
});

test('a cluster that the operator of Flux syncs', () => {
  const made = folder({
    'flux/instance.yaml': 'apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata:\n  name: flux\n  namespace: flux-system\nspec:\n  sync:\n    kind: OCIRepository\n    path: envs/prod\n',
    'envs/prod/apps.yaml': APPLY('apps', './gone').replace('GitRepository', 'OCIRepository'),
    'envs/prod/more.yaml': APPLY('more', './more').replace('GitRepository', 'OCIRepository'),
    'more/a.yaml': POLICY('a'),
  });
  expect(made.found()).toEqual(['envs/prod/apps.yaml:9 kustomization-path-missing spec.path', 'more/a.yaml:7 missing-reference spec.imageRepositoryRef']);
  expect(made.check().clusters.map(({ name }) => name)).toEqual(['envs/prod']);
});

test.each(['resources: 3', 'resources: [3, {a: 1}]', 'patches: {a: 1}', 'patches: [3, {patch: 3}, {patch: "["}, {path: gone}]', 'components: [x]', 'namespace: 3', '- a', '3', ''])(
  'a kustomization.yaml that holds %j breaks nothing', (text) => {
    expect(() => folder({ [CLUSTER]: APPLY('apps', './apps'), 'apps/kustomization.yaml': text, 'apps/a.yaml': POLICY('a') }).check()).not.toThrow();
  });

test.each([
  'metadata: 3', 'metadata: {name: 3, namespace: [a]}', 'spec: 3', 'spec: {sourceRef: 3, path: 3, dependsOn: 3, patches: 3, postBuild: 3, components: 3}',
  'spec: {path: "${x}", sourceRef: {name: [1]}, postBuild: {substitute: [1]}, patches: [{patch: 3, target: 3}]}', 'metadata: {annotations: 3, labels: [3]}\nspec: {path: ./apps}',
])('a Kustomization with %j breaks nothing', (text) => {
  const header = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n';
  expect(() => folder({ [CLUSTER]: APPLY('apps', './apps'), 'clusters/c/odd.yaml': header + text, 'apps/a.yaml': header + text }).check()).not.toThrow();
});
