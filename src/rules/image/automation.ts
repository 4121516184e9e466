import { pushComplaints } from './automation-push';
import { removedTemplateField } from './commit-message-template';
import { ObjectRule } from '../rule';
import { GIT_REF, ignoredFields } from '../shared/followed-ref';
import { fieldsOf, isGiven, textOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';

const SOURCE = 'image-automation-controller';

/** Rules for ImageUpdateAutomation. */
export const imageAutomationRules: readonly ObjectRule[] = [
  {
    id: 'image-automation-git',
    severity: 'error',
    summary: "An ImageUpdateAutomation needs 'git', although its schema does not",
    source: SOURCE,
    kinds: ['ImageUpdateAutomation'],
    *check(spec) {
      if (!isGiven(fieldsOf(spec).git)) {
        yield { field: 'spec.git', problem: 'it is missing, and nothing is updated without it', remedy: "Give it, with 'commit.author.email'" };
      }
    },
  },
  {
    id: 'image-automation-checkout-ref',
    severity: 'error',
    summary: 'An ImageUpdateAutomation checks out one reference; of several fields the first of commit, name, tag, semver, branch counts',
    source: SOURCE,
    kinds: ['ImageUpdateAutomation'],
    *check(spec) {
      yield* ignoredFields(GIT_REF, gitOf(spec).ref, 'spec.git.checkout.ref');
    },
  },
  {
    id: 'image-automation-push-branch',
    severity: 'error',
    summary: 'An ImageUpdateAutomation that checks out something else than a branch has to be told a branch to push to',
    source: SOURCE,
    kinds: ['ImageUpdateAutomation'],
    *check(spec) {
      const { ref, push } = gitOf(spec);
      // Without one the GitRepository's counts, which is not to be seen here.
      if (isGiven(ref)) {
        yield* pushComplaints(ref, push);
      }
    },
  },
  {
    id: 'image-automation-message-template',
    severity: 'error',
    summary: "The commit message of an ImageUpdateAutomation uses no field that was removed: '.Changed' took the place of '.Updated'",
    source: SOURCE,
    kinds: ['ImageUpdateAutomation'],
    *check(spec) {
      const removed = removedTemplateField(textOf(fieldsOf(gitOf(spec).commit).messageTemplate));
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
    severity: 'error',
    summary: 'An ImageUpdateAutomation selects its policies as Kubernetes selects by labels',
    source: SOURCE,
    kinds: ['ImageUpdateAutomation'],
    *check(spec) {
      yield* labelSelectorComplaints(fieldsOf(spec).policySelector, 'spec.policySelector');
    },
  },
];

function gitOf(spec: unknown): { readonly ref: unknown; readonly push: unknown; readonly commit: unknown } {
  const { checkout, push, commit } = fieldsOf(fieldsOf(spec).git);
  return { ref: fieldsOf(checkout).ref, push, commit };
}
