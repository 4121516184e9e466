import { fields, names, oneLine, settled, shown, text } from './json';
import { gitUrlProblem } from '../../git';
import { Complaint, ObjectRule } from '../rule';

const KINDS = ['GitRepository'];
const SOURCE = 'source-controller';

/** By precedence: the first that is set is followed. */
const REF_FIELDS = ['commit', 'name', 'tag', 'semver', 'branch'];

/** What goes with a field that wins: the branch or reference that a commit is on. */
const BESIDE: { readonly [field: string]: readonly string[] } = { commit: ['branch', 'name'] };

function refFields(spec: any): string[] {
  const ref = fields(fields(spec).ref);
  return REF_FIELDS.filter((field) => text(ref[field]) !== '');
}

/** Rules for GitRepository. */
export const gitRules: readonly ObjectRule[] = [
  {
    id: 'git-url',
    severity: 'error',
    summary: 'The URL is not one that Flux reads, or carries a credential',
    source: SOURCE,
    kinds: KINDS,
    *check(spec): Iterable<Complaint> {
      const url = text(fields(spec).url);
      // Flux may be yet to put a variable's value in its place.
      const wrong = url === '' || url.startsWith('${') ? undefined : gitUrlProblem(url);
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
    *check(spec): Iterable<Complaint> {
      const { url, secretRef } = fields(spec);
      if (/^ssh:\/\//.test(text(url)) && !names(secretRef)) {
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
    *check(spec): Iterable<Complaint> {
      const { provider, secretRef } = fields(spec);
      if (provider === 'github' && !names(secretRef)) {
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
    *check(spec): Iterable<Complaint> {
      const { url, provider } = fields(spec);
      if (/^ssh:\/\//.test(text(url)) && ['aws', 'azure', 'github'].includes(text(provider))) {
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
    *check(spec): Iterable<Complaint> {
      const [followed, ...others] = refFields(spec);
      for (const field of others) {
        if (!BESIDE[followed]?.includes(field)) {
          yield {
            field: `spec.ref.${field}`,
            problem: `Flux follows 'ref.${followed}' and does not look at 'ref.${field}'`,
            remedy: 'Keep the one that is meant',
          };
        }
      }
    },
  },
  {
    id: 'git-ref-missing',
    severity: 'warning',
    summary: "Without a reference Flux follows the branch 'master'",
    source: SOURCE,
    kinds: KINDS,
    *check(spec): Iterable<Complaint> {
      if (refFields(spec).length === 0) {
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
    *check(spec): Iterable<Complaint> {
      const name = settled(fields(fields(spec).ref).name);
      if (refFields(spec)[0] === 'name' && name !== '' && name !== 'HEAD' && !/^refs\/./.test(name)) {
        yield { field: 'spec.ref.name', problem: `'${shown(name)}' is no full reference`, remedy: "Write 'refs/heads/<branch>', or what it is" };
      }
    },
  },
  {
    id: 'git-ref-commit',
    severity: 'error',
    summary: 'A commit that is not named by its full hash is never found',
    source: SOURCE,
    kinds: KINDS,
    *check(spec): Iterable<Complaint> {
      const commit = settled(fields(fields(spec).ref).commit);
      if (commit !== '' && !/^[0-9a-f]{40}([0-9a-f]{24})?$/i.test(commit)) {
        yield { field: 'spec.ref.commit', problem: `'${shown(commit)}' is no commit`, remedy: 'Give its full hash: 40 hexadecimal digits (64 with SHA-256)' };
      }
    },
  },
  {
    id: 'git-verify-tag',
    severity: 'error',
    summary: 'The signature of a tag is asked for where no tag is followed: Flux stalls',
    source: SOURCE,
    kinds: KINDS,
    *check(spec): Iterable<Complaint> {
      const { ref, verify } = fields(spec);
      const mode = text(fields(verify).mode);
      const followed = refFields(spec)[0];
      const isTag = followed === 'tag' || followed === 'semver' || followed === 'name' && /^(refs\/tags\/|\$\{)/.test(text(fields(ref).name));
      if (/^Tag/.test(mode) && !isTag) {
        yield {
          field: 'spec.verify.mode',
          problem: `'${shown(mode)}' verifies the signature of a tag, and ${followed ? `'ref.${followed}'` : "the branch 'master'"} is none`,
          remedy: "Follow a tag, or take mode 'HEAD'",
        };
      }
    },
  },
];
