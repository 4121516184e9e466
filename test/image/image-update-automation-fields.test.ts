import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { FluxSecret } from '../../src/flux';
import { CommitSigningKey, FluxImageUpdateAutomation, ImagePolicyLabel } from '../../src/image';
import { FluxGitSource } from '../../src/source';
import { expectFieldsCovered } from '../flux/coverage';
import { duration } from '../flux/go-duration';
import { nameArbitrary, specArbitrary } from '../schema/spec-arbitrary';
import { gitRefOf } from '../source/alternatives';

const KIND = 'ImageUpdateAutomation';

const LABELS: { readonly [operator: string]: (key: string, values: string[]) => ImagePolicyLabel } = {
  In: ImagePolicyLabel.isIn, NotIn: ImagePolicyLabel.isNotIn, Exists: ImagePolicyLabel.exists, DoesNotExist: ImagePolicyLabel.doesNotExist,
};

function signingKey({ type, secretRef: { name } }: any): CommitSigningKey {
  return type === 'ssh' ? CommitSigningKey.ssh(FluxSecret.sshSigningKey(name)) : CommitSigningKey.gpg(FluxSecret.gpgSigningKey(name));
}

function construct(scope: Construct, spec: any): void {
  const { sourceRef, git: { checkout, commit, push }, policySelector } = spec;
  new FluxImageUpdateAutomation(scope, 'app', {
    namespace: 'policies',
    source: FluxGitSource.fromGitRepositoryName(scope, 'source', sourceRef.name, sourceRef.namespace ?? 'policies'),
    interval: duration(spec.interval),
    git: {
      checkout: checkout && { ref: gitRefOf(checkout.ref) },
      commit: {
        author: commit.author,
        messageTemplate: commit.messageTemplate,
        messageTemplateValues: commit.messageTemplateValues,
        signingKey: commit.signingKey && signingKey(commit.signingKey),
      },
      push,
    },
    update: spec.update,
    policySelector: policySelector && {
      matchLabels: policySelector.matchLabels,
      matchExpressions: policySelector.matchExpressions?.map(({ key, operator, values }: any) => LABELS[operator](key, values)),
    },
    suspend: spec.suspend,
  });
}

const key = nameArbitrary;
const values = fc.array(nameArbitrary, { minLength: 1, maxLength: 2 });

const specs = specArbitrary(KIND, {
  'git.checkout.ref': fc.oneof(
    fc.record({ branch: nameArbitrary }),
    fc.record({ tag: nameArbitrary }),
    fc.record({ semver: fc.constant('1.x') }),
    fc.record({ name: fc.constant('refs/pull/420/head') }),
    fc.record({ commit: fc.constant('0'.repeat(40)), branch: nameArbitrary }, { requiredKeys: ['commit'] }),
  ),
  'git.commit.messageTemplate': fc.constantFrom('Images', '{{ range .Changed.Changes }}{{ println .NewValue }}{{ end }}'),
  'git.push.refspec': fc.constant('refs/heads/main:refs/heads/review'),
  'sourceRef.apiVersion': fc.constant(undefined),
  'policySelector.matchExpressions': fc.array(fc.oneof(
    fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values }),
    fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist') }),
  ), { minLength: 1, maxLength: 2 }),
}).filter(({ git }) => git).map((spec) => ({ ...spec, git: pushable(signed(spec.git)) }));

/** Which kind of key signs is always written. */
function signed({ commit, ...git }: any): any {
  return { ...git, commit: commit.signingKey ? { ...commit, signingKey: { type: 'gpg', ...commit.signingKey } } : commit };
}

/** A checkout of something else than a branch needs another branch to push to. */
function pushable(git: any): any {
  const ref = git.checkout?.ref;
  return ref && (ref.commit || !ref.branch) ? { ...git, push: { ...git.push, branch: 'to-push-to' } } : git;
}

test('every field of an ImageUpdateAutomation can be written, and comes out as it was meant', () => {
  expectFieldsCovered({ kind: KIND, specs, construct, unwritable: { 'sourceRef.apiVersion': 'image-automation-controller goes by the kind' } });
});
