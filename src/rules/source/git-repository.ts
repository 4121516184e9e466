import { gitUrlProblem, holdsPassword } from '../../git';
import { ObjectRule } from '../rule';
import { followedField, GIT_REF, ignoredFields } from '../shared/followed-ref';
import { fieldsOf, isNamed, oneLine, quoted, settledTextOf, textOf } from '../shared/json';

const KINDS = ['GitRepository'];
const SOURCE = 'source-controller';
/** A name before the host of an http(s) URL that is too short for a token. */
const USER_NAME = /^(https?:\/\/)[A-Za-z0-9][A-Za-z0-9._-]{0,18}@/;

/** The field of `spec.ref` that Flux follows. */
function followed(spec: unknown): string {
  return followedField(GIT_REF, fieldsOf(spec).ref);
}

/** Rules for GitRepository. */
export const gitRules: readonly ObjectRule[] = [
  {
    id: 'git-url',
    severity: 'error',
    summary: 'The URL is not one that Flux reads, or carries a credential',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const url = textOf(fieldsOf(spec).url);
      // Flux may be yet to put a variable's value in its place. A user name alone is what servers offer to copy.
      const wrong = url === '' || url.startsWith('${') ? undefined : gitUrlProblem(holdsPassword(url) ? url : url.replace(USER_NAME, '$1'));
      if (wrong) {
        yield { field: 'spec.url', problem: oneLine(wrong.problem), remedy: oneLine(wrong.remedy) };
      }
    },
  },
  {
    id: 'git-ssh-key',
    severity: 'error',
    summary: 'An ssh URL without a Secret: every fetch fails',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { url, secretRef } = fieldsOf(spec);
      if (/^ssh:\/\//.test(textOf(url)) && !isNamed(secretRef)) {
        yield {
          field: 'spec.secretRef',
          problem: 'Flux reads an ssh URL with a key, and there is none',
          remedy: "Give 'secret: FluxSecret.ssh(...)', in YAML a 'secretRef' to a Secret with 'identity' and 'known_hosts'",
        };
      }
    },
  },
  {
    id: 'git-github-app',
    severity: 'error',
    summary: 'Provider github without a Secret: every fetch fails',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { provider, secretRef } = fieldsOf(spec);
      if (provider === 'github' && !isNamed(secretRef)) {
        yield {
          field: 'spec.secretRef',
          problem: "provider 'github' reads a GitHub App from a Secret, and there is none",
          remedy: "Give 'secret: FluxSecret.githubApp(...)', in YAML a 'secretRef'",
        };
      }
    },
  },
  {
    id: 'git-provider-ssh',
    severity: 'error',
    summary: 'A provider beside an ssh URL: over ssh Flux logs in by a key only',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { url, provider } = fieldsOf(spec);
      if (/^ssh:\/\//.test(textOf(url)) && ['aws', 'azure', 'github'].includes(textOf(provider))) {
        yield { field: 'spec.provider', problem: `over ssh Flux logs in by a key, and never by provider '${provider}'`, remedy: "Give the 'https://' URL" };
      }
    },
  },
  {
    id: 'git-ref-precedence',
    severity: 'error',
    summary: 'Several references, of which one is followed',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      yield* ignoredFields(GIT_REF, fieldsOf(spec).ref, 'spec.ref', 'ref.');
    },
  },
  {
    id: 'git-ref-missing',
    severity: 'warning',
    summary: "Without a reference Flux follows the branch 'master'",
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      if (followed(spec) === '') {
        yield { field: 'spec.ref', problem: "nothing is named to follow, so that Flux follows the branch 'master'", remedy: 'Name the branch' };
      }
    },
  },
  {
    id: 'git-ref-name',
    severity: 'error',
    summary: 'A reference that is not written in full is never found',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const name = settledTextOf(fieldsOf(fieldsOf(spec).ref).name);
      if (followed(spec) === 'name' && name !== '' && name !== 'HEAD' && !/^refs\/./.test(name)) {
        yield { field: 'spec.ref.name', problem: `${quoted(name)} is no full reference`, remedy: "Write 'refs/heads/<branch>', or what it is" };
      }
    },
  },
  {
    id: 'git-ref-commit',
    severity: 'error',
    summary: 'A commit that is not named by its full hash is never found',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const commit = settledTextOf(fieldsOf(fieldsOf(spec).ref).commit);
      if (commit !== '' && !/^[0-9a-f]{40}([0-9a-f]{24})?$/i.test(commit)) {
        yield { field: 'spec.ref.commit', problem: `${quoted(commit)} is no commit`, remedy: 'Give its full hash: 40 hexadecimal digits (64 with SHA-256)' };
      }
    },
  },
  {
    id: 'git-verify-tag',
    severity: 'error',
    summary: 'The signature of a tag is asked for where no tag is followed: Flux stalls',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { ref, verify } = fieldsOf(spec);
      const mode = textOf(fieldsOf(verify).mode);
      const field = followed(spec);
      const isTag = field === 'tag' || field === 'semver' || field === 'name' && /^(refs\/tags\/|\$\{)/.test(textOf(fieldsOf(ref).name));
      if (/^Tag/.test(mode) && !isTag) {
        yield {
          field: 'spec.verify.mode',
          problem: `${quoted(mode)} verifies the signature of a tag, and ${field ? `'ref.${field}'` : "the branch 'master'"} is none`,
          remedy: "Follow a tag, or take mode 'HEAD'",
        };
      }
    },
  },
];
