import { ObjectRule } from '../rule';
import { fieldsOf, isGiven, isNamed, settledTextOf, textOf } from '../shared/json';

const KINDS = ['Bucket'];
const SOURCE = 'source-controller';

/** Whether source-controller speaks to the server in the API of S3. */
function isS3(provider: unknown): boolean {
  return ['', 'generic', 'aws'].includes(textOf(provider));
}

/** Whether it speaks another API to it. */
function isOther(provider: unknown): boolean {
  return ['gcp', 'azure'].includes(textOf(provider));
}

/** Rules for Bucket. */
export const bucketRules: readonly ObjectRule[] = [
  {
    id: 'bucket-endpoint',
    severity: 'error',
    summary: 'An S3 endpoint is a host, an Azure endpoint is a URL: any other one fails',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { provider, endpoint } = fieldsOf(spec);
      const address = settledTextOf(endpoint);
      if (address === '') {
        return;
      }
      if (isS3(provider) && !/^[^/]*\/?$/.test(address)) {
        yield {
          field: 'spec.endpoint',
          problem: 'the endpoint of a server with the API of S3 is a host, without scheme and path',
          remedy: "Give 'host' or 'host:port'; for HTTP set 'insecure: true'",
        };
      }
      if (provider === 'azure' && !/^https?:\/\//i.test(address)) {
        yield { field: 'spec.endpoint', problem: 'the endpoint of Azure Blob Storage is a URL', remedy: "Give 'https://<account>.blob.core.windows.net'" };
      }
    },
  },
  {
    id: 'bucket-login',
    severity: 'error',
    summary: 'A token service beside a Secret: Flux logs in by the Secret only',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { provider, secretRef, sts } = fieldsOf(spec);
      if (isS3(provider) && isNamed(secretRef) && isGiven(sts)) {
        yield { field: 'spec.sts', problem: "Flux logs in by 'secretRef' and never asks the token service", remedy: 'Keep the one that is meant' };
      }
    },
  },
  {
    id: 'bucket-unread',
    severity: 'warning',
    summary: 'A field that Flux reads only for servers with the API of S3 that speak HTTPS',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const { provider, certSecretRef, insecure } = fieldsOf(spec);
      const remedy = 'Leave it out';
      if (isOther(provider) && insecure === true) {
        yield { field: 'spec.insecure', problem: `Flux does not look at it with provider '${provider}'`, remedy };
      }
      if (isNamed(certSecretRef) && isOther(provider)) {
        yield { field: 'spec.certSecretRef', problem: `Flux does not look at it with provider '${provider}'`, remedy };
      } else if (isNamed(certSecretRef) && insecure === true) {
        yield { field: 'spec.certSecretRef', problem: "with 'insecure' there is no certificate to verify", remedy };
      }
    },
  },
];
