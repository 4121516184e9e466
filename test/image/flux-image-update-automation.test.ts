import { App, Chart, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import {
  CommitSigningKey, FluxImageUpdateAutomation, FluxImageUpdateAutomationProps, ImageAutomationCommit, ImagePolicyLabel, ImageUpdateStrategy,
} from '../../src/image';
import { FluxGitSource, GitRef } from '../../src/source';

const author = { email: 'flux@example.com' };

function newAutomation(props: Partial<FluxImageUpdateAutomationProps> = {}): FluxImageUpdateAutomation {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const source = FluxGitSource.fromGitRepositoryName(chart, 'source', 'config');
  return new FluxImageUpdateAutomation(chart, 'app', { source, git: { commit: { author } }, ...props });
}

function committing(commit: Partial<ImageAutomationCommit>): FluxImageUpdateAutomation {
  return newAutomation({ git: { commit: { author, ...commit } } });
}

test('an ImageUpdateAutomation in flux-system, named like its id', () => {
  const automation = newAutomation();
  expect(Testing.synth(Chart.of(automation))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "image.toolkit.fluxcd.io/v1",
    "kind": "ImageUpdateAutomation",
    "metadata": {
      "name": "app",
      "namespace": "flux-system",
    },
    "spec": {
      "git": {
        "commit": {
          "author": {
            "email": "flux@example.com",
          },
        },
      },
      "interval": "1m",
      "sourceRef": {
        "kind": "GitRepository",
        "name": "config",
      },
    },
  },
]
`);
  expect(automation.source.sourceName).toBe('config');
});

test.each([
  [{ source: undefined }, "'source' is missing. Give a FluxGitSource, or FluxGitSource.fromGitRepositoryName()."],
  [{ git: undefined }, "'git' is missing. Give it, with 'commit.author.email'."],
  [{ git: {} as any }, "'git.commit.author.email' is missing. Say who the commits are from."],
  [{ git: { commit: { author: {} } } as any }, "'git.commit.author.email' is missing. Say who the commits are from."],
])('%j: what is missing is told', (props, message) => {
  expect(() => newAutomation(props)).toThrow(`chart/app: ${message}`);
});

test('it writes to Git only', () => {
  const source = Object.assign(new Chart(new App(), 'bucket'), {
    sourceApiVersion: 'source.toolkit.fluxcd.io/v1', sourceKind: 'OCIRepository', sourceName: 'other', sourceNamespace: 'flux-system',
  });
  expect(() => newAutomation({ source })).toThrow(
    "chart/app: cannot write to OCIRepository 'flux-system/other'. Give a GitRepository: Flux updates images in Git only.",
  );
});

test('the source of another namespace is named with it', () => {
  const source = FluxGitSource.fromGitRepositoryName(new Chart(new App(), 'other'), 'source', 'config', 'shop');
  expect(Testing.synth(Chart.of(newAutomation({ source })))[0].spec.sourceRef).toEqual({ kind: 'GitRepository', name: 'config', namespace: 'shop' });
});

test('there must be a branch to push to', () => {
  const git = { commit: { author }, checkout: { ref: GitRef.tag('v1') } };
  expect(() => newAutomation({ git })).toThrow(
    'chart/app: ImageUpdateAutomation flux-system/app: spec.git.push.branch: there is no branch to push to: the checkout names none. Name the branch [image-automation-push-branch: image-automation-controller].',
  );
  expect(() => newAutomation({ git: { ...git, push: { branch: 'raised' } } })).not.toThrow();
  expect(() => newAutomation({ git: { ...git, checkout: { ref: GitRef.branch('main') } } })).not.toThrow();
});

test('the message uses what is there', () => {
  expect(() => committing({ messageTemplate: '{{ range .Updated.Images }}{{ . }}{{ end }}' })).toThrow(
    "chart/app: ImageUpdateAutomation flux-system/app: spec.git.commit.messageTemplate: '.Updated' was removed, and Flux commits nothing with it. Use '.Changed' [image-automation-push-branch: image-automation-controller].",
  );
});

test('a key that signs is of its kind', () => {
  expect(() => committing({ signingKey: CommitSigningKey.gpg(FluxSecret.sshSigningKey('key')) })).toThrow(
    "chart/app: Flux does not read SSH signing key from 'git.commit.signingKey.secret' (Secret 'key'). Give a FluxSecret for OpenPGP signing key",
  );
  expect(() => committing({ signingKey: CommitSigningKey.ssh(FluxSecret.gpgSigningKey('key')) })).toThrow('Give a FluxSecret for SSH signing key');
  expect(() => committing({ signingKey: CommitSigningKey.ssh(FluxSecret.fromSecretName('key')) })).not.toThrow();
});

test('policies are selected as Kubernetes does', () => {
  expect(() => newAutomation({ policySelector: { matchExpressions: [ImagePolicyLabel.isIn('team', [])] } })).toThrow(
    "chart/app: ImageUpdateAutomation flux-system/app: spec.policySelector.matchExpressions[0]: operator 'In' has no 'values'. Give the values to compare with",
  );
  const policySelector = { matchExpressions: [ImagePolicyLabel.exists('team'), ImagePolicyLabel.isNotIn('stage', ['old'])] };
  expect(Testing.synth(Chart.of(newAutomation({ policySelector })))[0].spec.policySelector.matchExpressions).toEqual([
    { key: 'team', operator: 'Exists' }, { key: 'stage', operator: 'NotIn', values: ['old'] },
  ]);
});

test('the strategies are those of the CRD', () => {
  expect(Object.values(ImageUpdateStrategy)).toEqual(['Setters']);
});
