import { cpSync } from 'fs';
import { join } from 'path';
import { placed, ValidateFolder } from './validate-folder';

const folders: ValidateFolder[] = [];
const layout = (name: string) => {
  const folder = ValidateFolder.layout(name);
  folders.push(folder);
  return folder;
};
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

const KUSTOMIZATION = (name: string, path: string, more = '') => `
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
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

describe.each(['helm-apps', 'tenants', 'image-automation'])('layout %s', (name) => {
  test('has nothing wrong', () => {
    const { findings, counts } = layout(name).check();
    expect(findings).toEqual([]);
    expect(counts.unreached).toBe(0);
  });

  test('has nothing wrong, seen from one of its folders', () => {
    const folder = layout(name).write('.git/config', '[core]\n');
    expect(folder.found({ paths: ['clusters'] })).toEqual([]);
  });

  test('an object that two Kustomizations apply is found', () => {
    const cluster = name === 'image-automation' ? 'my-cluster' : 'staging';
    const folder = layout(name).write('more/object.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: default\n')
      .write(`clusters/${cluster}/more.yaml`, KUSTOMIZATION('more', './more') + KUSTOMIZATION('again', './more'));
    expect(folder.found()).toEqual(['more/object.yaml:4 applied-twice metadata.name']);
  });

  test('Kustomizations that wait for each other are found', () => {
    const cluster = name === 'image-automation' ? 'my-cluster' : 'staging';
    const folder = layout(name).write('one/a.yaml', '').write('other/a.yaml', '').write(`clusters/${cluster}/more.yaml`,
      KUSTOMIZATION('one', './one', '  dependsOn:\n    - name: other\n') + KUSTOMIZATION('other', './other', '  dependsOn:\n    - name: one\n'));
    expect(folder.found()).toEqual([`clusters/${cluster}/more.yaml:31 dependency-cycle spec.dependsOn`]);
  });

  test('a source that nobody makes is found', () => {
    const cluster = name === 'image-automation' ? 'my-cluster' : 'production';
    const folder = layout(name).write(`clusters/${cluster}/more.yaml`, KUSTOMIZATION('more', './clusters/nowhere').replace('name: flux-system\n', 'name: elsewhere\n').replace('GitRepository\n    name: flux-system', 'GitRepository\n    name: nobodys'));
    expect(folder.found().filter((finding) => finding.includes('missing-reference'))).toEqual([`clusters/${cluster}/more.yaml:12 missing-reference spec.sourceRef`]);
  });

  test('a path that is not there is found', () => {
    const cluster = name === 'image-automation' ? 'my-cluster' : 'production';
    const folder = layout(name).write(`clusters/${cluster}/more.yaml`, KUSTOMIZATION('more', './nowhere'));
    expect(folder.found()).toEqual([`clusters/${cluster}/more.yaml:11 kustomization-path-missing spec.path`]);
  });
});

test('a copy of a repository within another one', () => {
  const outer = ValidateFolder.of({ '.git/config': '', 'apps/staging/a.yaml': '' });
  folders.push(outer);
  cpSync(layout('helm-apps').path, join(outer.path, 'copy'), { recursive: true });
  const { findings, counts, clusters } = outer.check({ paths: ['copy'] });
  expect(findings).toEqual([]);
  expect(counts.unreached).toBe(0);
  expect(clusters.map(({ name }) => name)).toEqual(['copy/clusters/production', 'copy/clusters/staging']);
});

test('each cluster holds what its Kustomizations lead to', () => {
  expect(layout('helm-apps').check().clusters).toEqual([
    { name: 'clusters/production', kustomizations: 4, objects: 18, unseen: [] },
    { name: 'clusters/staging', kustomizations: 4, objects: 13, unseen: [] },
  ]);
});

test('what is so in one cluster alone is told so', () => {
  const folder = layout('helm-apps').edit('clusters/staging/apps.yaml', '- name: infra-configs', '- name: infra-config');
  const { findings: [finding, ...more] } = folder.check();
  expect(more).toEqual([]);
  expect(placed(finding)).toBe('clusters/staging/apps.yaml:15 missing-reference spec.dependsOn[0]');
  expect(finding).toMatchObject({ severity: 'error', object: 'Kustomization flux-system/apps', clusters: ['clusters/staging'] });
});

test('a mistake in a base is told once, where it stands', () => {
  const folder = layout('helm-apps').edit('apps/base/web/repository.yaml', 'name: web', 'name: webb');
  expect(folder.found()).toEqual(['apps/base/web/release.yaml:10 missing-reference spec.chart.spec.sourceRef']);
});

test('a mistake in a patch is told in the patch', () => {
  const folder = layout('helm-apps').append('apps/staging/web-values.yaml', '  dependsOn:\n    - name: nobody\n');
  expect(folder.found()).toEqual(['apps/staging/web-values.yaml:15 missing-reference spec.dependsOn[0]']);
});

test('a file that a kustomization.yaml names in vain is found', () => {
  const folder = layout('helm-apps').edit('apps/base/web/kustomization.yaml', '- release.yaml', '- release.yml');
  expect(folder.found()).toEqual(['apps/base/web/kustomization.yaml:7 kustomize-missing-file']);
  expect(folder.check().counts.unreached).toBe(1);
});

test('what a repository that is not here may bring is not called missing for certain', () => {
  const folder = layout('tenants').append('clusters/staging/tenants.yaml', '    - name: nobody\n');
  expect(folder.check().findings).toEqual([expect.objectContaining({
    rule: 'missing-reference', severity: 'warning', file: 'clusters/staging/tenants.yaml', line: 15, problem: expect.stringContaining('not among these files'),
  })]);
});

test('a tenant repository that is given too is a part of the cluster', () => {
  const folder = layout('tenants');
  const tenant = ValidateFolder.of({
    '.git/config': '[remote "origin"]\n\turl = git@git.example.com:teams/cart.git\n',
    'staging/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: nowhere\n',
    'production/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n  namespace: cart\n',
  });
  folders.push(tenant);
  const report = folder.check({ paths: ['.', tenant.path] });
  expect(report.findings.map(({ rule, line, clusters }) => ({ rule, line, clusters }))).toEqual([
    { rule: 'missing-namespace', line: 5, clusters: ['clusters/staging'] },
  ]);
  expect(report.clusters.map(({ unseen }) => unseen.filter((one) => one.includes('cart')))).toEqual([[], []]);
});

test('a tenant that has a branch of the same repository is not looked for in this one', () => {
  const folder = layout('tenants').write('.git/config', '[remote "origin"]\n\turl = https://git.example.com/teams/cart.git\n');
  expect(folder.found()).toEqual([]);
  folder.edit('tenants/base/cart-team/sync.yaml', 'branch: main', 'tag: v1').write('staging/app.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: no}\n');
  expect(folder.found()).toEqual([]);
});

test('what an ArtifactGenerator takes out of the repository is followed', () => {
  const folder = layout('helm-apps').write('clusters/staging/artifacts.yaml', `
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata:
  name: parts
  namespace: flux-system
spec:
  sources:
    - alias: fleet
      kind: GitRepository
      name: flux-system
  artifacts:
    - name: infrastructure
      copy:
        - from: "@fleet/infrastructure/**"
          to: "@artifact/"
    - name: apps
      copy:
        - from: "@fleet/apps/base/**"
          to: "@artifact/base/"
        - from: "@fleet/apps/staging/**"
          to: "@artifact/staging/"
`);
  folder.edit('clusters/staging/apps.yaml', 'kind: GitRepository\n    name: flux-system\n  path: ./apps/staging', 'kind: ExternalArtifact\n    name: apps\n  path: ./staging');
  folder.edit('clusters/staging/infrastructure.yaml', 'kind: GitRepository\n    name: flux-system\n  path: ./infrastructure/controllers', 'kind: ExternalArtifact\n    name: infrastructure\n  path: ./controllers');
  const { findings, clusters } = folder.check();
  expect(findings).toEqual([]);
  expect(clusters[1]).toEqual({ name: 'clusters/staging', kustomizations: 4, objects: 14, unseen: [] });
});

describe('seeded mistakes in fields', () => {
  test.each([
    ['helm-apps', 'apps/base/web/release.yaml', 'releaseName: web', 'releaseNam: web', 'apps/base/web/release.yaml:6 unknown-field spec.releaseNam'],
    ['helm-apps', 'apps/production/web-values.yaml', 'interval: 50m', 'interval: 1d', 'apps/production/web-values.yaml:6 pattern spec.interval'],
    ['helm-apps', 'apps/staging/web-values.yaml', '  interval: 5m\n', '', 'apps/base/web/release.yaml:5 missing-field spec.interval'],
    ['helm-apps', 'infrastructure/controllers/gateway.yaml', 'kind: HelmRepository\n        name', 'kind: HelmRepo\n        name', 'infrastructure/controllers/gateway.yaml:31 enum spec.chart.spec.sourceRef.kind'],
    ['tenants', 'tenants/base/cart-team/sync.yaml', 'interval: 1m', 'intervall: 1m', 'tenants/base/cart-team/sync.yaml:8 unknown-field spec.intervall'],
    ['tenants', 'tenants/staging/cart-team-patch.yaml', 'path: ./staging', 'paths: ./staging', 'tenants/staging/cart-team-patch.yaml:7 unknown-field spec.paths'],
    ['tenants', 'tenants/production/kustomization.yaml', 'path: ./deploy/production', 'prune: production', 'tenants/production/kustomization.yaml:9 wrong-type spec.prune'],
    ['image-automation', 'clusters/my-cluster/shop-policy.yaml', 'imageRepositoryRef', 'imageRepository', 'clusters/my-cluster/shop-policy.yaml:7 unknown-field spec.imageRepository'],
    ['image-automation', 'clusters/my-cluster/flux-system-automation.yaml', 'strategy: Setters', 'strategy: setters', 'clusters/my-cluster/flux-system-automation.yaml:24 enum spec.update.strategy'],
  ])('%s: %s: %j instead of %j', (name, file, right, wrong, expected) => {
    const found = layout(name).edit(file, right, wrong).found();
    expect(found).toContain(expected);
    expect(found.filter((finding) => !/missing-field/.test(finding))).toEqual([expected].filter((finding) => !/missing-field/.test(finding)));
  });
});

test('what more is done to than is followed here may lack fields', () => {
  const folder = layout('helm-apps').edit('apps/staging/web-values.yaml', '  interval: 5m\n', '').append('apps/staging/kustomization.yaml', 'replacements:\n  - path: r.yaml\n')
    .write('apps/staging/r.yaml', 'source: {kind: ConfigMap, name: x}\ntargets: []\n');
  expect(folder.found()).toEqual([]);
  expect(folder.check().counts.partlyChecked).toBeGreaterThan(0);
});

test('variables: those that are known are filled in, and of others nothing is said', () => {
  const folder = layout('helm-apps').edit('apps/staging/web-values.yaml', 'interval: 5m', 'interval: ${EVERY}')
    .append('clusters/staging/apps.yaml', '  postBuild:\n    substitute:\n      EVERY: 1d\n');
  expect(folder.found()).toEqual(['apps/staging/web-values.yaml:6 pattern spec.interval']);
  folder.edit('clusters/staging/apps.yaml', 'EVERY: 1d', 'EVERY: 5m');
  expect(folder.found()).toEqual([]);
  folder.edit('clusters/staging/apps.yaml', 'substitute:\n      EVERY: 5m', 'substituteFrom:\n      - kind: ConfigMap\n        name: settings');
  expect(folder.found()).toEqual([]);
});

test('patches of a Flux Kustomization change what it applies', () => {
  const folder = layout('helm-apps').append('clusters/staging/apps.yaml', `  patches:
    - patch: |
        - op: add
          path: /spec/dependsOn
          value: [{name: nobody}]
      target:
        kind: HelmRelease
        name: we.
`);
  expect(folder.found()).toEqual(['clusters/staging/apps.yaml:19 missing-reference spec.dependsOn[0]']);
});

test('a path that a patch gives a Kustomization leads on', () => {
  const patch = (path: string) => `resources: [infrastructure.yaml, apps.yaml]\npatches:\n  - target: {kind: Kustomization, name: apps}\n    patch: '[{"op": "replace", "path": "/spec/path", "value": "${path}"}]'\n`;
  const folder = layout('helm-apps').write('clusters/staging/kustomization.yaml', patch('./apps/production'));
  expect(folder.found()).toEqual([]);
  // The other overlay, which nobody applies any more.
  expect(folder.check().counts.unreached).toBe(3);
  folder.write('clusters/staging/kustomization.yaml', patch('./apps/gone'));
  expect(folder.found()).toEqual(['clusters/staging/kustomization.yaml:4 kustomization-path-missing spec.path']);
});
