import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { flux, object } from './support';
import { BranchDeliveryOptions, FluxConfigRepository, ManifestRepository } from '../../src/delivery';
import { CONFIG, MANIFESTS, newApp } from '../delivery/support';

/** What a FluxApp says of hand-made objects of Flux, and of objects that it delivers to a branch; errors first, each on its line. */
function told(made: any[], delivered: any[] = [], options: BranchDeliveryOptions = {}): string {
  const app = newApp();
  const chart = new Chart(app, 'shop');
  const cluster = new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('production', { kustomization: { decryption: {} } });
  made.forEach((one, i) => cluster.deliver(new ApiObject(new Construct(chart, `mistake${i || ''}`), 'Resource', one)));
  if (delivered.length) {
    const branch = new ManifestRepository(chart, 'manifests', { url: MANIFESTS }).branch('delivered', options);
    delivered.forEach((one, i) => branch.deliver(new ApiObject(chart, `delivered${i || ''}`, one)));
  }
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  write.mockClear();
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message.replace('Validation failed with the following errors:\n  ', '').replace(/\n {2}/g, '\n');
  }
  return (message + write.mock.calls.map(([text]) => String(text)).join('')).trim();
}

/** A value as SOPS encrypts it. */
const SEALED = 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]';
const SOURCE = { sourceRef: { kind: 'GitRepository', name: 'flux-system' } };
const git = (spec: object) => flux('GitRepository', 'cart', { interval: '1m', url: 'https://git.example/cart.git', ref: { branch: 'main' }, ...spec });
const kustomization = (spec: object, id = 'cart') => flux('Kustomization', id, { interval: '10m', prune: true, ...SOURCE, ...spec });
const oci = (spec: object) => flux('OCIRepository', 'cart', { interval: '1m', url: 'oci://registry.example/cart', ref: { tag: '1.0.0' }, ...spec });
const release = (spec: object) => [
  flux('HelmRelease', 'cart', { interval: '10m', chart: { spec: { chart: 'cart', sourceRef: { kind: 'HelmRepository', name: 'charts' } } }, ...spec }),
  flux('HelmRepository', 'charts', { url: 'https://charts.example' }),
];
const policy = (spec: object) => [
  flux('ImagePolicy', 'cart', { imageRepositoryRef: { name: 'cart' }, policy: { semver: { range: '*' } }, ...spec }),
  flux('ImageRepository', 'cart', { interval: '1m', image: 'registry.example/cart' }),
];
const automation = (spec: object) => flux('ImageUpdateAutomation', 'cart', {
  interval: '1m', ...SOURCE, git: { commit: { author: { email: 'flux@example.org' } } }, ...spec,
});

describe('GitRepository', () => {
  test('several references', () => expect(told([git({ ref: { branch: 'main', tag: 'v1' } })])).toMatchInlineSnapshot('"shop/mistake/Resource: GitRepository flux-system/cart: spec.ref.branch: Flux follows \'ref.tag\' and does not look at \'ref.branch\'. Keep the one that is meant [git-ref-precedence: source-controller]."'));
  test('no reference', () => expect(told([git({ ref: {} })])).toMatchInlineSnapshot('"cdk8s-fluxcd: warning: shop/mistake/Resource: GitRepository flux-system/cart: spec.ref: nothing is named to follow, so that Flux follows the branch \'master\'. Name the branch [git-ref-missing: source-controller]."'));
  test('a URL in scp style', () => expect(told([git({ url: 'git@git.example:cart.git' })])).toMatchInlineSnapshot('"shop/mistake/Resource: GitRepository flux-system/cart: spec.url: \'git@git.example:cart.git\' does not begin with http:// or https:// or ssh://. Write ssh://git@git.example/cart.git [pattern: the API server, by the CRDs of Flux 2.9, when Flux applies an object]."'));
  test('provider github without the data of an App', () => expect(told([git({ provider: 'github' })])).toMatchInlineSnapshot('"shop/mistake/Resource: GitRepository flux-system/cart: spec.secretRef: provider \'github\' reads a GitHub App from a Secret, and there is none. Give \'secret: FluxSecret.githubApp(...)\', in YAML a \'secretRef\' [git-github-app: source-controller]."'));
  test('a Secret as cdk8s-plus makes it for SSH', () => expect(told([
    git({ url: 'ssh://git@git.example/cart.git', secretRef: { name: 'key' } }),
    { ...object('Secret', 'key', { data: { 'ssh-privatekey': SEALED } }), sops: { mac: SEALED, version: '3.11.0' } },
  ],
  )).toMatchInlineSnapshot('"shop/mistake/Resource: GitRepository flux-system/cart: spec.secretRef: Secret \'flux-system/key\' holds ssh-privatekey, and Flux reads identity and known_hosts. Name the keys of the Secret so [unread-secret: each controller of Flux looks for keys of its own, and fails or goes on without a login]."'));
});

describe('OCIRepository', () => {
  test('a tag in the URL', () => expect(told([oci({ url: 'oci://registry.example/cart:1.0.0' })])).toMatchInlineSnapshot('"shop/mistake/Resource: OCIRepository flux-system/cart: spec.url: the URL carries a tag or a digest. Leave it out of the URL, and write it as \'ref.tag\' or \'ref.digest\' [oci-url: source-controller]."'));
  test('several references', () => expect(told([oci({ ref: { tag: '1.0.0', semver: '1.x' } })])).toMatchInlineSnapshot('"shop/mistake/Resource: OCIRepository flux-system/cart: spec.ref.tag: Flux follows \'ref.semver\' and does not look at \'ref.tag\'. Keep the one that is meant [oci-ref-precedence: source-controller]."'));
  test('no reference', () => expect(told([oci({ ref: {} })])).toMatchInlineSnapshot('"cdk8s-fluxcd: warning: shop/mistake/Resource: OCIRepository flux-system/cart: spec.ref: nothing is named to follow, so that Flux follows the tag \'latest\'. Name a tag, a range or a digest [oci-ref-missing: source-controller]."'));
  test('a filter without a range', () => expect(told([oci({ ref: { tag: '1.0.0', semverFilter: '.*' } })])).toMatchInlineSnapshot('"shop/mistake/Resource: OCIRepository flux-system/cart: spec.ref.semverFilter: it counts with \'ref.semver\' only. Follow a range of tags, as \'>=0.0.0-0\', or leave it out [oci-semver-filter: source-controller]."'));
});

describe('Kustomization', () => {
  test('healthChecks with wait', () => expect(told([
    kustomization({ wait: true, healthChecks: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart', namespace: 'cart' }] }),
  ],
  )).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/cart: spec.healthChecks: Flux ignores \'healthChecks\' when \'wait\' is true. Give one of the two [kustomization-health-checks-unread: kustomize-controller]."'));
  test('healthCheckExprs without wait', () => expect(told([kustomization({ healthCheckExprs: [{ apiVersion: 'example.org/v1', kind: 'A', current: 'true' }] })])).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/cart: spec.healthCheckExprs: they count only with \'wait\' or \'healthChecks\'. Give one of them [kustomization-health-check-exprs-unread: kustomize-controller]."'));
  test('a circle of dependencies', () => expect(told([kustomization({ dependsOn: [{ name: 'b' }] }, 'a'), kustomization({ dependsOn: [{ name: 'a' }] }, 'b')])).toMatchInlineSnapshot('"shop/mistake1/Resource: Kustomization flux-system/b: spec.dependsOn: it is in a circle of dependencies, all of which would wait for ever: flux-system/a -> flux-system/b -> flux-system/a. Take one of the dependencies away [dependency-cycle: kustomize-controller and helm-controller: they look at direct dependencies only, and all of the circle waits for ever]."'));
  test('a dangling source', () => expect(told([kustomization({ sourceRef: { kind: 'Bucket', name: 'nowhere' } })])).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/cart: spec.sourceRef: nobody makes Bucket \'flux-system/nowhere\', so that it would wait for ever. Make it, mend the name, or say that it is made elsewhere: FluxBucketSource.fromBucketName(), on the command line --exists Bucket/flux-system/nowhere [missing-reference: all controllers of Flux: the object waits for ever, without Ready]."'));
  test('a dangling dependency', () => expect(told([kustomization({ dependsOn: [{ name: 'nowhere' }] })])).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/cart: spec.dependsOn[0]: nobody makes Kustomization \'flux-system/nowhere\', so that it would wait for ever. Make it, mend the name, or say that it is made elsewhere: FluxKustomization.fromKustomizationName(), on the command line --exists Kustomization/flux-system/nowhere [missing-reference: all controllers of Flux: the object waits for ever, without Ready]."'));
  test('a readyExpr in place of the check for Ready', () => expect(told([
    kustomization({ dependsOn: [{ name: 'b', readyExpr: "dep.metadata.labels['ready'] == 'yes'" }] }, 'a'), kustomization({}, 'b'),
  ],
  )).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/a: spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and looks at no status: it may come true long before. Add: && dep.status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\') && dep.metadata.generation == dep.status.observedGeneration [ready-expr-blind: kustomize-controller, helm-controller without the feature gate AdditiveCELDependencyCheck]."'));
  test('a readyExpr without the generation', () => expect(told([
    kustomization({ dependsOn: [{ name: 'b', readyExpr: "dep.status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')" }] }, 'a'), kustomization({}, 'b'),
  ],
  )).toMatchInlineSnapshot('"cdk8s-fluxcd: warning: shop/mistake/Resource: Kustomization flux-system/a: spec.dependsOn[0].readyExpr: it takes the place of the check that the dependency is ready, and does not look at \'observedGeneration\'. Write it with: dep.status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\') && dep.metadata.generation == dep.status.observedGeneration [ready-expr-incomplete: kustomize-controller, helm-controller without the feature gate AdditiveCELDependencyCheck]."'));
  test('a variable that no postBuild can have', () => expect(told([kustomization({ postBuild: { substitute: { 'cluster-name': 'x' } } })])).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/cart: spec.postBuild.substitute: \'cluster-name\' is no variable of postBuild. Use letters, digits and _, no digit first [kustomization-variable-name: kustomize-controller]."'));
  test('a name that is too long for a label', () => expect(told([kustomization({}, 'x'.repeat(64))])).toMatchInlineSnapshot('"shop/mistake/Resource: Kustomization flux-system/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: metadata.name: it has 64 characters, and every apply fails, for the name becomes a label of every object. Give one of at most 63 characters [reconciler-name-too-long: kustomize-controller, helm-controller]."'));
  test('a namespace that nobody makes', () => expect(told([], [object('ConfigMap', 'cart/settings')])).toMatchInlineSnapshot('"cdk8s-fluxcd: warning: shop/delivered: ConfigMap cart/settings: metadata.namespace: nobody makes namespace \'cart\'. Make it (AppNamespace), or say that it is there: AppNamespace.fromNamespaceName(), on the command line --exists Namespace/cart [missing-namespace: the API server refuses it, and kustomize-controller with it all that is applied together; neither targetNamespace nor a Kustomization makes a namespace]."'));
  test('a variable without value', () => expect(told(
    [], [object('ConfigMap', 'default/script', { data: { run: 'echo ${HOME}' } })], { postBuild: { substitute: { cluster: 'x' } } },
  )).toMatchInlineSnapshot('"shop/delivered: ConfigMap default/script: data.run: variable \'${HOME}\' has no value, and Kustomization \'flux-system/delivered\' substitutes. Give the variable a value in its postBuild, write \'$${\' for a literal one, or annotate the object \'kustomize.toolkit.fluxcd.io/substitute: disabled\' [broken-substitution: kustomize-controller: with substitution on, a ${...} that it cannot read, or a variable without value or default, fails the whole apply]."'));
  test('one object of two', () => expect(told(
    [object('ConfigMap', 'default/settings')], [object('ConfigMap', 'default/settings')],
  )).toMatchInlineSnapshot('"shop/delivered: ConfigMap default/settings: metadata.name: it is made at \'shop/mistake/Resource\' too, which Kustomization \'flux-system/shop-config\' applies and this one Kustomization \'flux-system/delivered\'. Make it in one place, or give one of the two another name [applied-twice: kustomize-controller: the last one that applies it owns it, and deletes it when it leaves that one\'s source]."'));
  test('an encrypted Secret that nobody decrypts', () => expect(told(
    [], [{ ...object('Secret', 'default/login', { data: { password: SEALED } }), sops: { mac: SEALED, version: '3.11.0' } }],
  )).toMatchInlineSnapshot('"shop/delivered: Secret default/login: sops: it is encrypted, and Kustomization \'flux-system/delivered\' does not decrypt. Give that Kustomization \'decryption\' with provider \'sops\', and the Secret with the private keys [encrypted-without-decryption: kustomize-controller applies it as it is, and the API server refuses it]."'));
  test('data that goes with what is pruned', () => expect(told([], [object('PersistentVolumeClaim', 'default/disk')])).toMatchInlineSnapshot('"cdk8s-fluxcd: warning: shop/delivered: PersistentVolumeClaim default/disk: metadata.annotations: when it leaves the source, Kustomization \'flux-system/delivered\' deletes it, and the data on its volume with it. Annotate it \'kustomize.toolkit.fluxcd.io/prune: disabled\' [unprotected-data: kustomize-controller: with prune it deletes what leaves the source, and all that goes with it]."'));
});

describe('HelmRelease', () => {
  test('chart and chartRef', () => expect(told([...release({ chartRef: { kind: 'OCIRepository', name: 'cart' } }), oci({})])).toMatchInlineSnapshot('"shop/mistake/Resource: HelmRelease flux-system/cart: spec: either chart or chartRef must be set. Change chart, chartRef so that this is true: (has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef)) [cel-rule: the API server, by the CRDs of Flux 2.9, when Flux applies an object]."'));
  test('remediation with RetryOnFailure', () => expect(told(
    release({ install: { strategy: { name: 'RetryOnFailure' }, remediation: { retries: 3 } } }),
  )).toMatchInlineSnapshot('"shop/mistake/Resource: HelmRelease flux-system/cart: spec.install.remediation: with the strategy RetryOnFailure Flux retries for ever, and undoes nothing. Leave \'remediation\' out, or set the strategy RemediateOnFailure [helm-release-remediation-unread: helm-controller]."'));
});

describe('images', () => {
  test('several policies', () => expect(told(policy({ policy: { semver: { range: '*' }, alphabetical: { order: 'asc' } } }))).toMatchInlineSnapshot('"shop/mistake/Resource: ImagePolicy flux-system/cart: spec.policy: beside \'semver\' Flux ignores \'alphabetical\'. Leave the one that is meant [image-policy-choice: image-reflector-controller]."'));
  test('an image with a tag', () => expect(told([flux('ImageRepository', 'cart', { interval: '1m', image: 'registry.example/cart:1.0.0' })])).toMatchInlineSnapshot('"shop/mistake/Resource: ImageRepository flux-system/cart: spec.image: it has a tag. Name the repository alone: an ImagePolicy chooses among its tags [image-repository-image: image-reflector-controller]."'));
  test('an image with a scheme', () => expect(told([flux('ImageRepository', 'cart', { interval: '1m', image: 'oci://registry.example/cart' })])).toMatchInlineSnapshot('"shop/mistake/Resource: ImageRepository flux-system/cart: spec.image: it begins with a scheme. Write it without, such as \'registry.example.com/team/app\' [image-repository-image: image-reflector-controller]."'));
  test('an automation without git', () => expect(told([automation({ git: undefined })])).toMatchInlineSnapshot('"shop/mistake/Resource: ImageUpdateAutomation flux-system/cart: spec.git: it is missing, and nothing is updated without it. Give it, with \'commit.author.email\' [image-automation-git: image-automation-controller]."'));
  test('an automation that uses what was removed', () => expect(told([
    automation({ git: { commit: { author: { email: 'flux@example.org' }, messageTemplate: '{{ range .Updated.Images }}{{ . }}{{ end }}' } } }),
  ],
  )).toMatchInlineSnapshot('"shop/mistake/Resource: ImageUpdateAutomation flux-system/cart: spec.git.commit.messageTemplate: \'.Updated\' was removed, and Flux commits nothing with it. Use \'.Changed\' [image-automation-message-template: image-automation-controller]."'));
  test('policies where no automation sees them', () => {
    const [one, repository] = policy({});
    const elsewhere = (each: any) => ({ ...each, metadata: { ...each.metadata, namespace: 'default' } });
    expect(told([automation({}), elsewhere(one), elsewhere(repository)])).toMatchInlineSnapshot('"cdk8s-fluxcd: warning: shop/mistake/Resource: ImageUpdateAutomation flux-system/cart: metadata.namespace: it sees no ImagePolicy: those that there are, such as \'default/cart\', are in other namespaces than \'flux-system\'. Make the ImagePolicies and the ImageUpdateAutomation in one namespace [automation-without-policies: image-automation-controller: it sees only the ImagePolicies of its own namespace]."');
  });
});

describe('Receiver', () => {
  test('events that are not read', () => expect(told([
    flux('Receiver', 'cart', { type: 'generic', events: ['push'], secretRef: { name: 'token' }, resources: [{ kind: 'GitRepository', name: 'flux-system' }] }),
  ],
  )).toMatchInlineSnapshot('"shop/mistake/Resource: Receiver flux-system/cart: spec.events: type \'generic\' does not read it, and lets every event through. Leave it out, or say it in \'resourceFilter\' [receiver-events-not-read: notification-controller]."'));
});

test('what is not mistaken is not complained of', () => {
  expect(told([git({}), oci({}), kustomization({}), ...release({}), ...policy({}), automation({})], [object('ConfigMap', 'default/settings')])).toBe('');
});
