/** How the keys of a Secret are laid out. */
export enum FluxSecretLayout {
  /** `username` and `password`. */
  BASIC_AUTH = 'basic authentication',
  /** `bearerToken`. */
  BEARER_TOKEN = 'bearer token',
  /** `identity`, `known_hosts` and, for an encrypted key, `password`. */
  SSH = 'SSH',
  /** `ca.crt`, or `tls.crt` and `tls.key`. */
  TLS = 'TLS',
  /** `githubAppID`, `githubAppInstallationID` or `githubAppInstallationOwner`, and `githubAppPrivateKey`. */
  GITHUB_APP = 'GitHub App',
  /** `address` and, where the proxy asks for them, `username` and `password`. */
  PROXY = 'proxy',
  /** Public keys, each below a key that ends in `.asc` or `.pub`. */
  PUBLIC_KEYS = 'public keys',
  /** Private keys for SOPS: `*.agekey`, `*.asc`, `sops.aws-kms`, `sops.azure-kv`, `sops.gcp-kms`, `sops.vault-token`. */
  SOPS_KEYS = 'SOPS keys',
  /** A kubeconfig below `value` or `value.yaml`, or below the key that is named. */
  KUBE_CONFIG = 'kubeconfig',
  /** Whatever keys the reader asks for. */
  ANY = 'any keys',
}

/**
 * A Secret that exists, or will, beside the Flux object that reads it (Flux looks in the object's own namespace).
 *
 * It holds no value: a factory for each layout of keys that Flux reads says which keys the Secret must have, so that a
 * property can refuse a Secret that Flux would look through in vain. A Secret of type `kubernetes.io/ssh-auth`, for
 * instance, has `ssh-privatekey`, which Flux never reads.
 */
export class FluxSecret {
  /**
   * User name and password, or an access token as password.
   *
   * Keys: `username`, `password`; `ca.crt` for a server with its own authority.
   */
  public static basicAuth(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.BASIC_AUTH);
  }

  /** A token sent as `Authorization: Bearer`. Keys: `bearerToken`; `ca.crt` for a server with its own authority. */
  public static bearerToken(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.BEARER_TOKEN);
  }

  /** An SSH key. Keys: `identity` (the private key), `known_hosts`; `password` for an encrypted key. */
  public static ssh(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.SSH);
  }

  /** Certificates. Keys: `ca.crt` for a server with its own authority; `tls.crt` and `tls.key` to authenticate with. */
  public static tls(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.TLS);
  }

  /** A GitHub App. Keys: `githubAppID`, `githubAppInstallationID` (or `githubAppInstallationOwner`), `githubAppPrivateKey`. */
  public static githubApp(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.GITHUB_APP);
  }

  /** A proxy. Keys: `address`; `username` and `password` where it asks for them. */
  public static proxy(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.PROXY);
  }

  /** Public keys to verify signatures with. Keys: one for each public key. */
  public static publicKeys(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.PUBLIC_KEYS);
  }

  /**
   * Private keys to decrypt with SOPS.
   *
   * Keys: `*.agekey`, `*.asc`, `sops.aws-kms`, `sops.azure-kv`, `sops.gcp-kms`, `sops.vault-token`.
   */
  public static sopsKeys(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.SOPS_KEYS);
  }

  /** A kubeconfig of another cluster. Keys: `value` or `value.yaml`. */
  public static kubeConfig(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.KUBE_CONFIG);
  }

  /** A Secret whose keys are nobody's business here, by its name alone. */
  public static fromSecretName(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.ANY);
  }

  private constructor(
    /** Name of the Secret. */
    public readonly secretName: string,
    /** Which keys it holds. */
    public readonly layout: FluxSecretLayout,
  ) {
    // Nothing given reads as the word 'undefined', which would do as a name.
    if (!secretName || secretName.length > 253 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(secretName)) {
      throw new Error(`FluxSecret: '${secretName}' cannot be the name of a Secret. Give lower-case letters, digits, hyphens and dots, at most 253 characters.`);
    }
  }

  /** @internal */
  public _toReference(): { name: string } {
    return { name: this.secretName };
  }
}
