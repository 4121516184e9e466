/** How the keys of a Secret are laid out. */
export enum FluxSecretLayout {
  /** `username` and `password`. */
  BASIC_AUTH = 'basic authentication',
  /** `bearerToken`. */
  BEARER_TOKEN = 'bearer token',
  /** `identity`, `known_hosts` and, for an encrypted key, `password`. */
  SSH = 'SSH',
  /** `ca.crt`, or `tls.crt` and `tls.key`, or all three. */
  TLS = 'TLS',
  /** `githubAppID`, `githubAppInstallationID` or `githubAppInstallationOwner`, and `githubAppPrivateKey`. */
  GITHUB_APP = 'GitHub App',
  /** `.dockerconfigjson`, of type `kubernetes.io/dockerconfigjson`: what `docker login` writes. */
  REGISTRY = 'registry login',
  /** `accesskey` and `secretkey`: an S3 access key. */
  ACCESS_KEY = 'access key',
  /** `serviceaccount`: the JSON key of a service account of Google Cloud. */
  GCP_SERVICE_ACCOUNT = 'GCP service account',
  /** A service principal, a managed identity, an account key or a SAS token of Azure. */
  AZURE_IDENTITY = 'Azure identity',
  /** `address` and, where the proxy asks for them, `username` and `password`. */
  PROXY = 'proxy',
  /** Public keys of those who sign commits and tags, one below each key. */
  PUBLIC_KEYS = 'public keys',
  /** Public keys of Cosign, each below a key that ends in `.pub`. */
  COSIGN_KEYS = 'Cosign keys',
  /** `trustpolicy.json`, and certificates below keys that end in `.crt` or `.pem`. */
  NOTATION_TRUST = 'Notation trust policy',
  /** `trusted_root.json`: the trusted root of a Sigstore instance. */
  SIGSTORE_TRUSTED_ROOT = 'Sigstore trusted root',
  /** Private keys for SOPS: `*.agekey`, `*.asc`, `sops.aws-kms`, `sops.azure-kv`, `sops.gcp-kms`, `sops.vault-token`. */
  SOPS_KEYS = 'SOPS keys',
  /** `git.asc`, a private OpenPGP key, and `passphrase` for an encrypted one. */
  GPG_SIGNING_KEY = 'OpenPGP signing key',
  /** `identity`, a private SSH key, and `password` for an encrypted one. */
  SSH_SIGNING_KEY = 'SSH signing key',
  /** A kubeconfig below `value` or `value.yaml`, or below the key that is named. */
  KUBE_CONFIG = 'kubeconfig',
  /** `token`. */
  TOKEN = 'token',
  /** `address`: a URL that is itself a secret, such as a chat's webhook. */
  ADDRESS = 'address',
  /** `headers`: HTTP headers to send along, as YAML. */
  HEADERS = 'HTTP headers',
  /** `creds`, credentials of a user of NATS, or `nkey`, the seed of an NKey. */
  NATS_CREDENTIALS = 'NATS credentials',
  /** `token`, and `email` and `audience` of a push subscription of Google Pub/Sub. */
  GCR_RECEIVER = 'GCR receiver',
  /** Whatever keys the reader asks for. */
  ANY = 'any keys',
}

/**
 * The keys of a layout: each entry is one set that will do. A key that begins with `*` stands for every key that ends like that.
 * Keys that may be missing are not listed.
 */
export const SECRET_KEYS: { readonly [layout in FluxSecretLayout]: readonly (readonly string[])[] } = {
  [FluxSecretLayout.BASIC_AUTH]: [['username', 'password']],
  [FluxSecretLayout.BEARER_TOKEN]: [['bearerToken']],
  [FluxSecretLayout.SSH]: [['identity', 'known_hosts']],
  // The names without a dot are those of older versions, which the controllers still read.
  [FluxSecretLayout.TLS]: [['ca.crt'], ['tls.crt', 'tls.key'], ['caFile'], ['certFile', 'keyFile']],
  [FluxSecretLayout.GITHUB_APP]: [
    ['githubAppID', 'githubAppInstallationID', 'githubAppPrivateKey'], ['githubAppID', 'githubAppInstallationOwner', 'githubAppPrivateKey'],
  ],
  // The second is that of the older type `kubernetes.io/dockercfg`.
  [FluxSecretLayout.REGISTRY]: [['.dockerconfigjson'], ['.dockercfg']],
  [FluxSecretLayout.ACCESS_KEY]: [['accesskey', 'secretkey']],
  [FluxSecretLayout.GCP_SERVICE_ACCOUNT]: [['serviceaccount']],
  [FluxSecretLayout.AZURE_IDENTITY]: [
    ['tenantId', 'clientId', 'clientSecret'], ['tenantId', 'clientId', 'clientCertificate'], ['clientId'], ['accountKey'], ['sasKey'],
  ],
  [FluxSecretLayout.PROXY]: [['address']],
  [FluxSecretLayout.PUBLIC_KEYS]: [['*']],
  [FluxSecretLayout.COSIGN_KEYS]: [['*.pub']],
  [FluxSecretLayout.NOTATION_TRUST]: [['trustpolicy.json', '*.crt'], ['trustpolicy.json', '*.pem']],
  [FluxSecretLayout.SIGSTORE_TRUSTED_ROOT]: [['trusted_root.json']],
  [FluxSecretLayout.SOPS_KEYS]: [
    ['*.agekey'], ['*.asc'], ['sops.aws-kms'], ['sops.azure-kv'], ['sops.gcp-kms'], ['sops.vault-token'],
  ],
  [FluxSecretLayout.GPG_SIGNING_KEY]: [['git.asc']],
  [FluxSecretLayout.SSH_SIGNING_KEY]: [['identity']],
  [FluxSecretLayout.KUBE_CONFIG]: [['value'], ['value.yaml']],
  [FluxSecretLayout.TOKEN]: [['token']],
  [FluxSecretLayout.ADDRESS]: [['address']],
  [FluxSecretLayout.HEADERS]: [['headers']],
  [FluxSecretLayout.NATS_CREDENTIALS]: [['creds'], ['nkey']],
  [FluxSecretLayout.GCR_RECEIVER]: [['token', 'email', 'audience']],
  [FluxSecretLayout.ANY]: [[]],
};
