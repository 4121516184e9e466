import { applier, flux, found, object, setOf, view } from './support';

describe('one object of two appliers', () => {
  const map = object('ConfigMap', 'default/settings');

  function applied(one: any, other: any) {
    const [a, b] = [applier('a', [one]), applier('b', [other])];
    return view([a.kustomization, b.kustomization], { applied: [a.set, b.set] });
  }

  test('is an error', () => {
    expect(found(applied(map, { ...map }))).toMatchInlineSnapshot(`
[
  "at/ConfigMap-settings: ConfigMap default/settings: metadata.name: both Kustomization 'flux-system/a' and Kustomization 'flux-system/b' apply it. Let one of them apply it [applied-twice: kustomize-controller: the last one that applies it owns it, and deletes it when it leaves that one's source].",
]
`);
  });

  test('is one in two versions of a group, and where a targetNamespace makes one of two', () => {
    expect(found(applied({ ...map, apiVersion: 'autoscaling/v1' }, { ...map, apiVersion: 'autoscaling/v2' }))).toHaveLength(1);
    const [a, b] = ['a', 'b'].map((id) => applier(id, [object('ConfigMap', `${id}/settings`)], { targetNamespace: 'default' }));
    expect(found(view([a.kustomization, b.kustomization], { applied: [a.set, b.set] }))).toHaveLength(1);
  });

  test('is none of another name, kind or namespace, nor where one leaves it to the other', () => {
    expect(found(applied(map, object('ConfigMap', 'default/other')))).toEqual([]);
    expect(found(applied(map, object('ConfigMap', 'kube-system/settings')))).toEqual([]);
    expect(found(applied(map, { ...map, kind: 'Secret' }))).toEqual([]);
    for (const setting of ['ssa: Merge', 'ssa: IfNotPresent', 'ssa: Ignore', 'reconcile: disabled']) {
      const [name, value] = setting.split(': ');
      const annotations = { [`kustomize.toolkit.fluxcd.io/${name}`]: value };
      expect(found(applied(map, { ...map, metadata: { ...map.metadata, annotations } }))).toEqual([]);
    }
  });

  test('a Namespace is one whatever targetNamespace there is', () => {
    const [a, b] = ['a', 'b'].map((id) => applier(id, [object('Namespace', 'shop')], { targetNamespace: id }));
    expect(found(view([a.kustomization, b.kustomization], { applied: [a.set, b.set] }), 'applied-twice')).toHaveLength(1);
  });
});

describe('what takes data along', () => {
  const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'databases.example.org' } };
  const claim = object('PersistentVolumeClaim', 'default/disk');

  function applied(one: any, spec: object = {}) {
    const { kustomization, set } = applier('data', [one], spec);
    return view([kustomization], { applied: [set] });
  }

  test('is told of', () => {
    expect(found(applied(crd))).toMatchInlineSnapshot(`
[
  "at/CustomResourceDefinition-databases.example.org: CustomResourceDefinition databases.example.org: metadata.annotations: when it leaves the source, Kustomization 'flux-system/data' deletes it, and every object of its kind with it. Annotate it 'kustomize.toolkit.fluxcd.io/prune: disabled' [unprotected-data: kustomize-controller: with prune it deletes what leaves the source, and all that goes with it].",
]
`);
    expect(found(applied(claim))).toEqual([expect.stringContaining('and the data on its volume with it')]);
  });

  test('is fine if it is protected, or nothing is pruned, or Flux does not apply it', () => {
    for (const field of ['labels', 'annotations']) {
      expect(found(applied({ ...claim, metadata: { ...claim.metadata, [field]: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } }))).toEqual([]);
    }
    expect(found(applied({ ...crd, metadata: { ...crd.metadata, labels: { 'app.kubernetes.io/part-of': 'flux' } } }))).toEqual([]);
    expect(found(applied({ ...claim, metadata: { ...claim.metadata, labels: { 'kustomize.toolkit.fluxcd.io/prune': 'Disabled' } } }))).toEqual([]);
    expect(found(applied(claim, { commonMetadata: { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } } }))).toEqual([]);
    expect(found(applied(claim, { prune: false }))).toEqual([]);
    expect(found(view([claim, crd]))).toEqual([]);
  });
});

describe('a namespace', () => {
  test('that nobody makes is told of once', () => {
    expect(found(view([object('ConfigMap', 'shop/a'), object('ConfigMap', 'shop/b')]), 'missing-namespace')).toMatchInlineSnapshot(`
[
  "at/ConfigMap-a: ConfigMap shop/a: metadata.namespace: nobody makes namespace 'shop'. Make it (AppNamespace), or say that it is there: AppNamespace.fromNamespaceName(), on the command line --exists Namespace/shop [missing-namespace: the API server refuses it, and kustomize-controller with it all that is applied together; neither targetNamespace nor a Kustomization makes a namespace].",
]
`);
  });

  test('of a release is told of, unless Helm makes it', () => {
    expect(found(view([flux('HelmRelease', 'a', { targetNamespace: 'shop' })]), 'missing-namespace')).toEqual([expect.stringContaining("spec.targetNamespace: nobody makes namespace 'shop'")]);
    expect(found(view([flux('HelmRelease', 'a', { targetNamespace: 'shop', install: { createNamespace: true } })]), 'missing-namespace')).toEqual([]);
  });

  test('is there if it is made, declared, or of every cluster', () => {
    const map = object('ConfigMap', 'shop/a');
    expect(found(view([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }, map]), 'missing-namespace')).toEqual([]);
    expect(found(view([map], { existing: [{ group: '', kind: 'Namespace', name: 'shop' }] }), 'missing-namespace')).toEqual([]);
    expect(found(view(['default', 'kube-system', 'flux-system'].map((namespace) => object('ConfigMap', `${namespace}/a`))), 'missing-namespace')).toEqual([]);
  });

  test('is missing where an object is without', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(found(view([map]), 'no-namespace')).toMatchInlineSnapshot(`
[
  "at/ConfigMap-a: ConfigMap a: metadata.namespace: it has no namespace, and Flux would fail to apply it. Give the chart or the object a namespace, or the Kustomization a targetNamespace [no-namespace: kustomize-controller: it applies nothing without a namespace, and fails].",
]
`);
    expect(found(view([], { applied: [setOf([map], { byHand: true }), setOf([map], { targetNamespace: 'default' })] }), 'no-namespace')).toEqual([]);
  });
});

describe('a Secret', () => {
  const source = (spec: object) => flux('GitRepository', 'cart', { url: 'https://git.example/cart.git', ...spec });
  const secret = (...keys: string[]) => object('Secret', 'login', { data: Object.fromEntries(keys.map((key) => [key, ''])) });

  test('without the keys that Flux reads is an error', () => {
    expect(found(view([source({ url: 'ssh://git@git.example/cart', secretRef: { name: 'login' } }), secret('ssh-privatekey')]))).toMatchInlineSnapshot(`
[
  "at/GitRepository-cart: GitRepository flux-system/cart: spec.secretRef: Secret 'flux-system/login' holds ssh-privatekey, and Flux reads identity and known_hosts. Name the keys of the Secret so [unread-secret: each controller of Flux looks for keys of its own, and fails or goes on without a login].",
]
`);
  });

  test.each<[string, any, any]>([
    ['basic authentication', source({ secretRef: { name: 'login' } }), secret('username', 'password')],
    ['its keys in stringData', source({ secretRef: { name: 'login' } }), object('Secret', 'login', { stringData: { bearerToken: '' } })],
    ['keys for SOPS', flux('Kustomization', 'a', { sourceRef: { kind: 'GitRepository', name: 'flux-system' }, decryption: { secretRef: { name: 'login' } } }), secret('my.agekey')],
    ['a kubeconfig below the key named', flux('Kustomization', 'a', { sourceRef: { kind: 'GitRepository', name: 'flux-system' }, kubeConfig: { secretRef: { name: 'login', key: 'k' } } }), secret('k')],
    ['what is filled in the cluster', source({ secretRef: { name: 'login' } }), object('Secret', 'login')],
    ['the same name elsewhere', source({ secretRef: { name: 'login' } }), object('Secret', 'default/login', { data: { nothing: '' } })],
  ])('is fine: %s', (_, ...objects) => {
    expect(found(view(objects))).toEqual([]);
  });

  test.each<[string, any, any]>([
    ['half a login', source({ secretRef: { name: 'login' } }), secret('username')],
    ['another key than the one named', flux('Kustomization', 'a', { sourceRef: { kind: 'GitRepository', name: 'flux-system' }, kubeConfig: { secretRef: { name: 'login', key: 'k' } } }), secret('value')],
    ['no key of it', source({ secretRef: { name: 'login' } }), secret('nothing')],
  ])('is not: %s', (_, ...objects) => {
    expect(found(view(objects), 'unread-secret')).toHaveLength(1);
  });

  test('that is encrypted needs decryption', () => {
    const encrypted = object('Secret', 'default/login', { data: { password: 'ENC[x]' }, sops: { version: '3.11.0' } });
    const [closed, open] = [applier('a', [encrypted]), applier('a', [encrypted], { decryption: { provider: 'sops' } })];
    expect(found(view([closed.kustomization], { applied: [closed.set] }))).toMatchInlineSnapshot(`
[
  "at/Secret-login: Secret default/login: sops: it is encrypted, and Kustomization 'flux-system/a' does not decrypt. Give that Kustomization 'decryption' with provider 'sops', and the Secret with the private keys [encrypted-without-decryption: kustomize-controller applies it as it is, and the API server refuses it].",
]
`);
    expect(found(view([open.kustomization], { applied: [open.set] }))).toEqual([]);
    expect(found(view([encrypted]))).toEqual([]);
  });
});

describe('substitution', () => {
  function script(text: string, postBuild?: object, metadata: object = {}) {
    const map = object('ConfigMap', 'default/script', { data: { 'run.sh': text } });
    const { kustomization, set } = applier('a', [{ ...map, metadata: { ...map.metadata, ...metadata } }], { postBuild });
    return found(view([kustomization], { applied: [set] }));
  }

  test('of a variable without value is an error', () => {
    expect(script('echo ${HOME}', { substitute: { cluster: 'x' } })).toMatchInlineSnapshot(`
[
  "at/ConfigMap-script: ConfigMap default/script: data.run.sh: variable '\${HOME}' has no value, and Kustomization 'flux-system/a' substitutes. Give the variable a value in its postBuild, write '$\${' for a literal one, or annotate the object 'kustomize.toolkit.fluxcd.io/substitute: disabled' [broken-substitution: kustomize-controller: with substitution on, a \${...} that it cannot read, or a variable without value or default, fails the whole apply].",
]
`);
  });

  test.each([
    ['echo ${HOME}', undefined], ['echo ${HOME}', {}], ['echo ${HOME}', { substituteFrom: [{ kind: 'ConfigMap', name: 'x', optional: true }] }],
    ['echo ${cluster}', { substitute: { cluster: 'x' } }], ['echo ${a:-b} ${a:=b} ${a=b} ${a:+b}', { substitute: { cluster: 'x' } }], ['echo $HOME $(pwd) $', { substitute: { cluster: 'x' } }],
    ['echo $${HOME}', { substitute: { cluster: 'x' } }], ['echo ${HOME}', { substituteFrom: [{ kind: 'ConfigMap', name: 'x' }] }], ['${cluster^^} ${#cluster} ${cluster/a/b} ${cluster:1}', { substitute: { cluster: 'x' } }],
  ])('is fine in %s with %j', (text, postBuild) => {
    expect(script(text, postBuild)).toEqual([]);
  });

  test.each([
    ['${foo.bar}', { substitute: { foo: 'x' } }], ['${{ github.sha }}', { substituteStrategy: 'Always' }], ['${a-b}', { substitute: { a: 'x' } }], ['${}', { substitute: { a: 'x' } }],
    ['${HOME^^}', { substitute: { a: 'x' } }], ['${HOME}', { substituteStrategy: 'Always' }], ['${foo.bar}', { substituteFrom: [{ kind: 'Secret', name: 'x' }] }],
  ])('is broken by %s with %j', (text, postBuild) => {
    expect(script(text, postBuild)).toHaveLength(1);
  });

  test('is switched off by a label or an annotation', () => {
    for (const field of ['labels', 'annotations']) {
      expect(script('${HOME}', { substitute: { a: 'x' } }, { [field]: { 'kustomize.toolkit.fluxcd.io/substitute': 'disabled' } })).toEqual([]);
    }
  });
});

test('one repository in two spellings is told of', () => {
  const source = (name: string, url: string) => flux('GitRepository', name, { url });
  expect(found(view([source('a', 'https://git.example/x.git'), source('b', 'https://git.example/x'), source('c', 'https://git.example/x')]))).toMatchInlineSnapshot(`
[
  "at/GitRepository-b: GitRepository flux-system/b: spec.url: 'https://git.example/x' is the repository that 'at/GitRepository-a' spells 'https://git.example/x.git'. Spell it alike in both places [two-spellings: what goes by URL, such as a webhook or an ownership record, takes them for two repositories].",
]
`);
  expect(found(view([source('a', 'https://me:secret@git.example/x.git'), source('b', 'https://me:secret@git.example/x')])).join()).not.toContain('secret');
  expect(found(view([source('a', 'https://git.example/x'), source('b', 'https://git.example/y'), source('c', 'https://git.example/x')]))).toEqual([]);
});

test('an automation among no policies is told of', () => {
  const automation = flux('ImageUpdateAutomation', 'a', { sourceRef: { name: 'flux-system' } });
  const policy = (id: string) => flux('ImagePolicy', id, {});
  expect(found(view([automation, policy('apps/p')]))).toMatchInlineSnapshot(`
[
  "at/ImageUpdateAutomation-a: ImageUpdateAutomation flux-system/a: metadata.namespace: it sees no ImagePolicy: those that there are, such as 'apps/p', are in other namespaces than 'flux-system'. Make the ImagePolicies and the ImageUpdateAutomation in one namespace [automation-without-policies: image-automation-controller: it sees only the ImagePolicies of its own namespace].",
]
`);
  expect(found(view([automation, policy('apps/p'), policy('q')]))).toEqual([]);
  expect(found(view([automation]))).toEqual([]);
});
