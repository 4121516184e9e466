import { FluxSecretLayout } from '../secrets';

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

  /** Login of a container registry, as `docker login` writes it. Type `kubernetes.io/dockerconfigjson`; keys: `.dockerconfigjson`. */
  public static registry(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.REGISTRY);
  }

  /** An S3 access key. Keys: `accesskey`, `secretkey`. */
  public static accessKey(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.ACCESS_KEY);
  }

  /** The JSON key of a service account of Google Cloud. Keys: `serviceaccount`. */
  public static gcpServiceAccount(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.GCP_SERVICE_ACCOUNT);
  }

  /**
   * A login of Azure Blob Storage.
   *
   * Keys: `tenantId`, `clientId` and `clientSecret` or `clientCertificate` for a service principal; `clientId` alone for a managed
   * identity; `accountKey`; or `sasKey`.
   */
  public static azureIdentity(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.AZURE_IDENTITY);
  }

  /** Public keys of those who sign commits and tags. Keys: one for each public key. */
  public static publicKeys(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.PUBLIC_KEYS);
  }

  /** Public keys of Cosign. Keys: `*.pub`. */
  public static cosignKeys(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.COSIGN_KEYS);
  }

  /** What Notation trusts. Keys: `trustpolicy.json`, and `*.crt` or `*.pem` for the certificates. */
  public static notationTrust(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.NOTATION_TRUST);
  }

  /** The trusted root of a Sigstore instance of one's own. Keys: `trusted_root.json`. */
  public static sigstoreTrustedRoot(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.SIGSTORE_TRUSTED_ROOT);
  }

  /** A private OpenPGP key to sign commits with. Keys: `git.asc`; `passphrase` for an encrypted key. */
  public static gpgSigningKey(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.GPG_SIGNING_KEY);
  }

  /** A private SSH key to sign commits with. Keys: `identity`; `password` for an encrypted key. */
  public static sshSigningKey(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.SSH_SIGNING_KEY);
  }

  /** A token. Keys: `token`. */
  public static token(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.TOKEN);
  }

  /** A URL that is itself a secret, such as the webhook of a chat. Keys: `address`. */
  public static address(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.ADDRESS);
  }

  /** HTTP headers for a Provider to send along. Keys: `headers`, as YAML. */
  public static headers(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.HEADERS);
  }

  /** A login of NATS. Keys: `creds` for the credentials of a user, or `nkey` for the seed of an NKey. */
  public static natsCredentials(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.NATS_CREDENTIALS);
  }

  /** What a Receiver of Google's registries checks. Keys: `token`; `email` and `audience` of the push subscription. */
  public static gcrReceiver(secretName: string): FluxSecret {
    return new FluxSecret(secretName, FluxSecretLayout.GCR_RECEIVER);
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
