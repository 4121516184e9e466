import { providerSecret } from './provider-secret';
import { FluxSecretLayout } from './secret-layout';

/** Which layouts a field of a kind reads, given the `spec` that it is in. */
type Reader = (spec: any) => readonly FluxSecretLayout[];

const reads = (...layouts: FluxSecretLayout[]): Reader => () => layouts;

const TLS = reads(FluxSecretLayout.TLS);
const PROXY = reads(FluxSecretLayout.PROXY);
const REGISTRY = reads(FluxSecretLayout.REGISTRY);
const KUBE_CONFIG = reads(FluxSecretLayout.KUBE_CONFIG);

/** The fields of Flux's kinds that name a Secret of a known layout, each by its path in `spec`. */
const READERS: { readonly [kind: string]: { readonly [field: string]: Reader } } = {
  GitRepository: {
    'secretRef': gitSecret,
    'proxySecretRef': PROXY,
    'verify.secretRef': reads(FluxSecretLayout.PUBLIC_KEYS),
  },
  OCIRepository: {
    'secretRef': REGISTRY,
    'certSecretRef': TLS,
    'proxySecretRef': PROXY,
    'verify.secretRef': signatureKeys,
    'verify.trustedRootSecretRef': reads(FluxSecretLayout.SIGSTORE_TRUSTED_ROOT),
  },
  Bucket: {
    'secretRef': bucketSecret,
    'certSecretRef': TLS,
    'proxySecretRef': PROXY,
    'sts.secretRef': reads(FluxSecretLayout.BASIC_AUTH),
    'sts.certSecretRef': TLS,
  },
  HelmRepository: {
    secretRef: ({ url }) => (/^oci:/.test(url) ? [FluxSecretLayout.REGISTRY, FluxSecretLayout.BASIC_AUTH] : [FluxSecretLayout.BASIC_AUTH]),
    certSecretRef: TLS,
  },
  HelmChart: {
    'verify.secretRef': signatureKeys,
  },
  Kustomization: {
    'decryption.secretRef': reads(FluxSecretLayout.SOPS_KEYS),
    'kubeConfig.secretRef': KUBE_CONFIG,
  },
  HelmRelease: {
    'kubeConfig.secretRef': KUBE_CONFIG,
    'chart.spec.verify.secretRef': ({ chart }) => signatureKeys(chart.spec),
  },
  ImageRepository: {
    secretRef: REGISTRY,
    certSecretRef: TLS,
    proxySecretRef: PROXY,
  },
  ImageUpdateAutomation: {
    'git.commit.signingKey.secretRef': ({ git }) => (
      [git.commit.signingKey.type === 'ssh' ? FluxSecretLayout.SSH_SIGNING_KEY : FluxSecretLayout.GPG_SIGNING_KEY]
    ),
  },
  Provider: {
    secretRef: providerSecret,
    certSecretRef: TLS,
    proxySecretRef: PROXY,
  },
  Receiver: {
    secretRef: ({ type }) => [type === 'gcr' ? FluxSecretLayout.GCR_RECEIVER : FluxSecretLayout.TOKEN],
  },
};

/** The fields of a kind that name a Secret of a known layout. */
export function secretFields(kind: string): string[] {
  return Object.keys(READERS[kind] ?? {});
}

/**
 * The layouts that Flux reads from the Secret that a field names; undefined if the field reads no layout that is known.
 *
 * @param field path in `spec`, such as `verify.secretRef`
 */
export function layoutsReadBy(kind: string, field: string, spec: any): readonly FluxSecretLayout[] | undefined {
  return READERS[kind]?.[field]?.(spec);
}

function gitSecret({ provider, url }: any): FluxSecretLayout[] {
  if (provider === 'github') {
    return [FluxSecretLayout.GITHUB_APP];
  }
  if (/^ssh:/.test(url)) {
    return [FluxSecretLayout.SSH];
  }
  // With workload identity the Secret has nothing to say but which authority to trust.
  return provider === 'aws' || provider === 'azure'
    ? [FluxSecretLayout.TLS]
    : [FluxSecretLayout.BASIC_AUTH, FluxSecretLayout.BEARER_TOKEN, FluxSecretLayout.TLS];
}

function bucketSecret({ provider }: any): FluxSecretLayout[] {
  switch (provider) {
    case 'gcp':
      return [FluxSecretLayout.GCP_SERVICE_ACCOUNT];
    case 'azure':
      return [FluxSecretLayout.AZURE_IDENTITY];
    default:
      return [FluxSecretLayout.ACCESS_KEY];
  }
}

function signatureKeys({ verify }: any): FluxSecretLayout[] {
  return [verify.provider === 'notation' ? FluxSecretLayout.NOTATION_TRUST : FluxSecretLayout.COSIGN_KEYS];
}
