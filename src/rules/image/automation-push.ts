import { Complaint } from '../rule';
import { followedField, GIT_REF } from '../shared/followed-ref';
import { fieldsOf, quoted, textOf } from '../shared/json';

/**
 * Complains where image-automation-controller cannot push: it pushes the branch that it is on, and switches to another one only if the
 * reference does not name it.
 *
 * @param ref the reference that is checked out: of `git.checkout`, or else of the GitRepository
 * @param push `git.push`
 */
export function* pushComplaints(ref: unknown, push: unknown): Iterable<Complaint> {
  const field = 'spec.git.push.branch';
  const checkedOut = followedField(GIT_REF, ref);
  const branch = textOf(fieldsOf(ref).branch);
  const target = textOf(fieldsOf(push).branch) || branch;
  if (target === '') {
    yield { field, problem: 'there is no branch to push to: the checkout names none', remedy: 'Name the branch' };
  } else if (target === branch && checkedOut !== 'branch' && checkedOut !== 'name') {
    yield {
      field,
      problem: `the push to ${quoted(target)} fails: a ${checkedOut} is checked out on no branch, and Flux switches only to a branch that the checkout does not name`,
      remedy: 'Check out the branch, or push to another one',
    };
  }
}
