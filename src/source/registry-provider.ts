/** Which service account a controller reads a registry as. */
export interface RegistryProviderOptions {
  /**
   * The service account, in the namespace of the object that reads the registry.
   *
   * Its image pull secrets are used, with every provider. Where it has none, a cloud's provider logs in as its workload identity, which the controller
   * must be told to allow (`--feature-gates=ObjectLevelWorkloadIdentity=true`).
   *
   * @default - the controller's own identity; no image pull secrets
   */
  readonly serviceAccountName?: string;
}

/** How Flux logs in to a container registry. */
export class RegistryProvider {
  /** By a Secret, or by the image pull secrets of a service account; else not at all. This is what Flux does unless told otherwise. */
  public static generic(options: RegistryProviderOptions = {}): RegistryProvider {
    return new RegistryProvider('generic', options);
  }

  /** Amazon ECR, by workload identity. */
  public static aws(options: RegistryProviderOptions = {}): RegistryProvider {
    return new RegistryProvider('aws', options);
  }

  /** Azure Container Registry, by workload identity. */
  public static azure(options: RegistryProviderOptions = {}): RegistryProvider {
    return new RegistryProvider('azure', options);
  }

  /** Google Artifact Registry and Container Registry, by workload identity. */
  public static gcp(options: RegistryProviderOptions = {}): RegistryProvider {
    return new RegistryProvider('gcp', options);
  }

  private constructor(private readonly provider: string, private readonly options: RegistryProviderOptions) {}

  /** @internal */
  public _toSpec(): { provider: string; serviceAccountName?: string } {
    return { provider: this.provider, serviceAccountName: this.options.serviceAccountName };
  }
}
