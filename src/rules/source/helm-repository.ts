import { mayHoldPassword, withoutUserInfo } from '../../git';
import { ObjectRule } from '../rule';
import { fieldsOf, isGiven, settledTextOf, textOf } from '../shared/json';

const KINDS = ['HelmRepository'];
const SOURCE = 'source-controller';

function isOci(url: unknown): boolean {
  return textOf(url).startsWith('oci://');
}

/** Rules for HelmRepository. */
export const helmRepositoryRules: readonly ObjectRule[] = [
  {
    id: 'helm-repository-credential',
    severity: 'error',
    summary: 'The URL carries a credential, which everybody can read who can read the manifest',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const url = textOf(fieldsOf(spec).url);
      const bare = withoutUserInfo(url);
      if (/^(https?|oci):\/\//.test(url) && (mayHoldPassword(url) || bare !== url)) {
        yield {
          field: 'spec.url',
          problem: 'the URL carries a credential',
          remedy: "Leave the user-info out of the URL and name the Secret that holds it ('secret: FluxSecret.basicAuth(...)')",
        };
      }
    },
  },
  {
    id: 'helm-repository-type',
    severity: 'error',
    summary: 'The type and the scheme of the URL contradict each other: Flux stalls',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { type, url } = fieldsOf(spec);
      if (settledTextOf(url) === '' || isOci(url) === (type === 'oci')) {
        return;
      }
      yield isOci(url)
        ? { field: 'spec.type', problem: 'the URL is that of a registry and the type is not', remedy: "Write 'type: oci'" }
        : { field: 'spec.type', problem: "type 'oci' reads an 'oci://' URL only", remedy: "Leave the type out, or give the registry's URL" };
    },
  },
  {
    id: 'helm-repository-unread',
    severity: 'warning',
    summary: 'A field that Flux reads only for the other type',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { url, passCredentials, suspend, provider, insecure } = fieldsOf(spec);
      if (settledTextOf(url) === '') {
        return;
      }
      const [unread, other] = isOci(url)
        ? [{ passCredentials, suspend }, "a URL of 'https://' or 'http://'"]
        : [{ provider: textOf(provider) !== '' && provider !== 'generic', insecure }, "an 'oci://' URL"];
      for (const [field, value] of Object.entries(unread)) {
        if (value === true) {
          yield { field: `spec.${field}`, problem: `Flux looks at '${field}' only with ${other}`, remedy: 'Leave it out' };
        }
      }
    },
  },
  {
    id: 'helm-repository-access',
    severity: 'warning',
    summary: 'Flux does not heed accessFrom of a HelmRepository',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      if (isGiven(fieldsOf(spec).accessFrom)) {
        yield { field: 'spec.accessFrom', problem: 'Flux does not heed it: it neither opens nor closes anything', remedy: 'Leave it out' };
      }
    },
  },
];
