import { FluxSecret } from './flux-secret';

/** Another cluster to apply to. */
export class FluxKubeConfig {
  /**
   * A kubeconfig in a Secret.
   *
   * @param secret the Secret, in the namespace of the Flux object
   * @param key the key that holds it; default: `value`, then `value.yaml`
   */
  public static fromSecret(secret: FluxSecret, key?: string): FluxKubeConfig {
    return new FluxKubeConfig({ secretRef: { name: secret.secretName, key } }, secret);
  }

  /** A ConfigMap that says how to log in by workload identity, in the namespace of the Flux object. */
  public static fromConfigMap(name: string): FluxKubeConfig {
    return new FluxKubeConfig({ configMapRef: { name } });
  }

  private constructor(
    private readonly fields: any,
    /** @internal */
    public readonly _secret?: FluxSecret,
  ) {}

  /** @internal */
  public _toSpec(): any {
    return this.fields;
  }
}
