import { ObjectRule } from '../rule';
import { followedField, ignoredFields, OCI_REF } from '../shared/followed-ref';
import { fieldsOf, isNamed, quoted, settledTextOf, textOf } from '../shared/json';

const SOURCE = 'source-controller';

/** The field of `spec.ref` that Flux follows. */
function followed(spec: unknown): string {
  return followedField(OCI_REF, fieldsOf(spec).ref);
}

/** Why a URL is not that of an OCI repository. What is wrong with it is not repeated: it may be a password. */
function urlProblem(url: string): { problem: string; remedy: string } | undefined {
  const name = url.replace(/^oci:\/\//, '');
  const slash = name.indexOf('/');
  const host = slash < 0 ? '' : name.slice(0, slash);
  if (host.includes('@')) {
    return { problem: 'the URL carries a credential', remedy: "Leave it out of the URL and name the Secret that holds it ('secret: FluxSecret.registry(...)')" };
  }
  // The first part is a registry only if it looks like one; else all of it is a repository of Docker Hub.
  const repository = /[.:]/.test(host) ? name.slice(slash + 1) : name;
  if (/[:@]/.test(repository)) {
    return { problem: 'the URL carries a tag or a digest', remedy: "Leave it out of the URL, and write it as 'ref.tag' or 'ref.digest'" };
  }
  if (!/^[a-z0-9_./-]{2,255}$/.test(repository)) {
    return { problem: 'no repository of a registry can be called like that', remedy: "Use lower-case letters, digits and '_', '-', '.', '/', 2 to 255 characters" };
  }
  return undefined;
}

/** Rules for OCIRepository, and for whatever else is in a container registry. */
export const registryRules: readonly ObjectRule[] = [
  {
    id: 'oci-url',
    severity: 'error',
    summary: 'The URL carries a tag, a digest or a credential, or no repository is called like that: Flux stalls',
    source: SOURCE,
    kinds: ['OCIRepository'],
    *check(spec) {
      const url = settledTextOf(fieldsOf(spec).url);
      const wrong = url.startsWith('oci://') ? urlProblem(url) : undefined;
      if (wrong) {
        yield { field: 'spec.url', ...wrong };
      }
    },
  },
  {
    id: 'oci-ref-precedence',
    severity: 'error',
    summary: 'Several references, of which one is followed',
    source: SOURCE,
    kinds: ['OCIRepository'],
    *check(spec) {
      yield* ignoredFields(OCI_REF, fieldsOf(spec).ref, 'spec.ref', 'ref.');
    },
  },
  {
    id: 'oci-semver-filter',
    severity: 'error',
    summary: 'A filter of tags where no range of tags is followed',
    source: SOURCE,
    kinds: ['OCIRepository'],
    *check(spec) {
      if (textOf(fieldsOf(fieldsOf(spec).ref).semverFilter) !== '' && followed(spec) !== 'semver') {
        yield { field: 'spec.ref.semverFilter', problem: "it counts with 'ref.semver' only", remedy: "Follow a range of tags, as '>=0.0.0-0', or leave it out" };
      }
    },
  },
  {
    id: 'oci-ref-digest',
    severity: 'error',
    summary: 'What is no digest cannot be pulled',
    source: SOURCE,
    kinds: ['OCIRepository'],
    *check(spec) {
      const digest = settledTextOf(fieldsOf(fieldsOf(spec).ref).digest);
      if (digest !== '' && !/^sha256:[0-9a-f]{64}$/.test(digest)) {
        yield { field: 'spec.ref.digest', problem: `${quoted(digest)} is no digest`, remedy: "Write 'sha256:' and 64 hexadecimal digits in lower case" };
      }
    },
  },
  {
    id: 'oci-ref-missing',
    severity: 'warning',
    summary: "Without a reference Flux follows the tag 'latest'",
    source: SOURCE,
    kinds: ['OCIRepository'],
    *check(spec) {
      if (followed(spec) === '') {
        yield { field: 'spec.ref', problem: "nothing is named to follow, so that Flux follows the tag 'latest'", remedy: 'Name a tag, a range or a digest' };
      }
    },
  },
  {
    id: 'registry-provider-unread',
    severity: 'warning',
    summary: 'A cloud provider beside a Secret: Flux logs in by the Secret only',
    source: SOURCE,
    kinds: ['OCIRepository', 'HelmRepository'],
    *check(spec) {
      const { url, provider, secretRef } = fieldsOf(spec);
      if (textOf(url).startsWith('oci://') && ['aws', 'azure', 'gcp'].includes(textOf(provider)) && isNamed(secretRef)) {
        yield { field: 'spec.provider', problem: `Flux logs in by 'secretRef' and never by provider '${provider}'`, remedy: 'Keep the one that is meant' };
      }
    },
  },
];
