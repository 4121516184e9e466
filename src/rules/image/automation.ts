import { pushComplaints } from './automation-push';
import { removedTemplateField } from './commit-message-template';
import { ObjectRule } from '../rule';
import { ignoredGitRef } from '../shared/followed-ref';
import { fieldsOf, textOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';

const SOURCE = 'image-automation-controller';

/** Rules for ImageUpdateAutomation. */
export const imageAutomationRules: readonly ObjectRule[] = [
  {
    id: 'image-automation-git',
    kinds: ['ImageUpdateAutomation'],
    severity: 'error',
    summary: "An ImageUpdateAutomation needs 'git', although its schema does not",
    source: SOURCE,
    *check(spec) {
      const { git } = fieldsOf(spec);
      if (git === undefined || git === null) {
        yield { field: 'spec.git', problem: 'it is missing, and nothing is updated without it', remedy: "Give it, with 'commit.author.email'" };
      }
    },
  },
  {
    id: 'image-automation-checkout-ref',
    kinds: ['ImageUpdateAutomation'],
    severity: 'error',
    summary: 'An ImageUpdateAutomation checks out one reference; of several fields the first of commit, name, tag, semver, branch counts',
    source: SOURCE,
    *check(spec) {
      yield* ignoredGitRef(gitOf(spec).ref, 'spec.git.checkout.ref');
    },
  },
  {
    id: 'image-automation-push-branch',
    kinds: ['ImageUpdateAutomation'],
    severity: 'error',
    summary: 'An ImageUpdateAutomation that checks out something else than a branch has to be told a branch to push to',
    source: SOURCE,
    *check(spec) {
      const { ref, push } = gitOf(spec);
      // Without one the GitRepository's counts, which is not to be seen here.
      if (ref !== undefined && ref !== null) {
        yield* pushComplaints(ref, push);
      }
    },
  },
  {
    id: 'image-automation-message-template',
    kinds: ['ImageUpdateAutomation'],
    severity: 'error',
    summary: "The commit message of an ImageUpdateAutomation uses no field that was removed: '.Changed' took the place of '.Updated'",
    source: SOURCE,
    *check(spec) {
      const template = textOf(fieldsOf(gitOf(spec).commit).messageTemplate);
      const removed = template === undefined ? undefined : removedTemplateField(template);
      if (removed) {
        yield {
          field: 'spec.git.commit.messageTemplate',
          problem: `'${removed.field}' was removed, and Flux commits nothing with it`,
          remedy: `Use '${removed.successor}'`,
        };
      }
    },
  },
  {
    id: 'image-automation-policy-selector',
    kinds: ['ImageUpdateAutomation'],
    severity: 'error',
    summary: 'An ImageUpdateAutomation selects its policies as Kubernetes selects by labels',
    source: SOURCE,
    *check(spec) {
      yield* labelSelectorComplaints(fieldsOf(spec).policySelector, 'spec.policySelector');
    },
  },
];

function gitOf(spec: unknown): { readonly ref: unknown; readonly push: unknown; readonly commit: unknown } {
  const { checkout, push, commit } = fieldsOf(fieldsOf(spec).git);
  return { ref: fieldsOf(checkout).ref, push, commit };
}
