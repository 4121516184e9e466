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
