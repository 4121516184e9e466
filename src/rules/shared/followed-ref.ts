import { fieldsOf, textOf } from './json';
import { Complaint } from '../rule';

/** The fields of a Git reference, as the controllers ask for them: the first that is set counts. */
const PRECEDENCE = ['commit', 'name', 'tag', 'semver', 'branch'] as const;

/** A field of a Git reference. */
export type GitRefField = typeof PRECEDENCE[number];

/** The field of a Git reference that counts; none if no field is set, which means the branch `master`. */
export function effectiveGitRef(ref: unknown): GitRefField | undefined {
  return setFields(ref)[0];
}

/** Complains of a Git reference in which more fields are set than count. */
export function* ignoredGitRef(ref: unknown, field: string): Iterable<Complaint> {
  const [effective, ...others] = setFields(ref);
  // What the commit is on, which Flux does read.
  const ignored = effective === 'commit' ? others.filter((name) => name !== 'branch' && name !== 'name') : others;
  for (const name of ignored) {
    yield { field: `${field}.${name}`, problem: `Flux follows '${effective}' and does not look at '${name}'`, remedy: 'Keep the one that is meant' };
  }
}

function setFields(ref: unknown): GitRefField[] {
  const fields = fieldsOf(ref);
  return PRECEDENCE.filter((name) => textOf(fields[name]));
}
