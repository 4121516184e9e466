import { fieldsOf, textOf } from './json';
import { Complaint } from '../rule';

/** The fields of a reference by precedence: the first that is set is followed. */
interface RefForm {
  readonly fields: readonly string[];
  /** What is read beside the one that is followed. */
  readonly beside: { readonly [followed: string]: readonly string[] };
}

/** `ref` of a GitRepository, and of whatever else checks out one; with none set it is the branch `master`. A commit is looked for on a branch, or a reference. */
export const GIT_REF: RefForm = { fields: ['commit', 'name', 'tag', 'semver', 'branch'], beside: { commit: ['branch', 'name'] } };

/** `ref` of an OCIRepository; with none set it is the tag `latest`. */
export const OCI_REF: RefForm = { fields: ['digest', 'semver', 'tag'], beside: {} };

/** The field of a reference that Flux follows; empty if none is set. */
export function followedField(form: RefForm, ref: unknown): string {
  return setFields(form, ref)[0] ?? '';
}

/**
 * Complains of what a reference says that Flux does not look at.
 *
 * @param path of the reference
 * @param prefix what messages put before the names of its fields
 */
export function* ignoredFields(form: RefForm, ref: unknown, path: string, prefix = ''): Iterable<Complaint> {
  const [followed, ...others] = setFields(form, ref);
  for (const field of others) {
    if (!form.beside[followed]?.includes(field)) {
      yield {
        field: `${path}.${field}`,
        problem: `Flux follows '${prefix}${followed}' and does not look at '${prefix}${field}'`,
        remedy: 'Keep the one that is meant',
      };
    }
  }
}

function setFields({ fields }: RefForm, ref: unknown): string[] {
  const given = fieldsOf(ref);
  return fields.filter((field) => textOf(given[field]) !== '');
}
