import { ObjectRule } from '../rule';
import { fieldsOf, isGiven, isNamed, mapsOf } from '../shared/json';

const KINDS = ['OCIRepository', 'HelmChart', 'HelmRelease'];
const SOURCE = 'source-controller';

/** Where the verification of an object stands, and what it says; nothing if there is none. */
function* verificationOf(spec: any, { kind }: any): Iterable<{ path: string; verify: ReturnType<typeof fieldsOf> }> {
  const [path, verify] = kind === 'HelmRelease'
    ? ['spec.chart.spec.verify', fieldsOf(fieldsOf(fieldsOf(spec).chart).spec).verify]
    : ['spec.verify', fieldsOf(spec).verify];
  if (isGiven(verify)) {
    yield { path, verify: fieldsOf(verify) };
  }
}

/** Rules for the verification of signatures. */
export const signatureRules: readonly ObjectRule[] = [
  {
    id: 'signature-notation-secret',
    severity: 'error',
    summary: 'Notation without a trust policy: every verification fails',
    source: SOURCE,
    kinds: KINDS,
    *check(spec, object) {
      for (const { path, verify } of verificationOf(spec, object)) {
        if (verify.provider === 'notation' && !isNamed(verify.secretRef)) {
          yield {
            field: `${path}.secretRef`,
            problem: 'Notation verifies by a trust policy in a Secret, and there is none',
            remedy: "Give 'FluxSecret.notationTrust(...)', in YAML a 'secretRef'",
          };
        }
      }
    },
  },
  {
    id: 'signature-unread',
    severity: 'error',
    summary: 'With public keys nobody asks who signed, and with Notation only the trust policy does',
    source: SOURCE,
    kinds: KINDS,
    *check(spec, object) {
      for (const { path, verify } of verificationOf(spec, object)) {
        if (verify.provider !== 'notation' && !isNamed(verify.secretRef)) {
          continue;
        }
        for (const field of ['matchOIDCIdentity', 'trustedRootSecretRef']) {
          if (verify[field] !== undefined) {
            yield {
              field: `${path}.${field}`,
              problem: `Flux looks at '${field}' only where it verifies without keys`,
              remedy: `Leave it out${verify.provider === 'notation' ? '' : ", or 'secretRef'"}`,
            };
          }
        }
      }
    },
  },
  {
    id: 'signature-anybody',
    severity: 'warning',
    summary: 'Verification without keys that does not say who may sign',
    source: SOURCE,
    // In a HelmRelease there is no field to say it with.
    kinds: ['OCIRepository', 'HelmChart'],
    *check(spec, object) {
      for (const { path, verify } of verificationOf(spec, object)) {
        if (verify.provider !== 'notation' && !isNamed(verify.secretRef) && mapsOf(verify.matchOIDCIdentity).length === 0) {
          yield {
            field: `${path}.matchOIDCIdentity`,
            problem: 'it is not said who may sign, so that the signature of anybody may do',
            remedy: 'Name the issuer and the subject of those who may',
          };
        }
      }
    },
  },
];
