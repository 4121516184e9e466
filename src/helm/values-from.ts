import { FluxSecret } from '../flux';

/**
 * Where among the values a single one goes.
 *
 * A path has dots between its steps and an index in brackets: `ingress.hosts[0].host`; a dot in a key is written `\.`.
 */
export class HelmTargetPath {
  /** The value goes there as it is, as with `helm --set-literal`: for passwords, files, whatever may hold a comma or a bracket. */
  public static literal(path: string): HelmTargetPath {
    return new HelmTargetPath(path, true);
  }

  /** The value is read as with `helm --set`: a comma begins another value, `{a,b}` is a list, `true` and `3` are no text. */
  public static interpreted(path: string): HelmTargetPath {
    return new HelmTargetPath(path);
  }

  private constructor(private readonly path: string, private readonly isLiteral?: boolean) {
    if (!path) {
      throw new Error('HelmTargetPath: it is empty. Give the path of a value, such as database.password.');
    }
  }

  /** @internal */
  public _toSpec(): any {
    return { targetPath: this.path, literal: this.isLiteral };
  }
}

/** More said about a source of values. */
export interface HelmValuesFromOptions {
  /**
   * The key to read.
   *
   * @default - Flux's: values.yaml
   */
  readonly valuesKey?: string;

  /**
   * Where it goes, if it is a single value.
   *
   * @default - it is a values file, and is merged into all values
   */
  readonly targetPath?: HelmTargetPath;

  /**
   * Whether the ConfigMap or Secret may be missing.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** A ConfigMap or Secret, in the namespace of the HelmRelease, that holds values. */
export class HelmValuesFrom {
  /** Values from a ConfigMap. */
  public static configMap(name: string, options: HelmValuesFromOptions = {}): HelmValuesFrom {
    return new HelmValuesFrom('ConfigMap', name, options);
  }

  /** Values from a Secret. */
  public static secret(secret: FluxSecret, options: HelmValuesFromOptions = {}): HelmValuesFrom {
    return new HelmValuesFrom('Secret', secret.secretName, options);
  }

  private constructor(private readonly kind: string, private readonly name: string, private readonly options: HelmValuesFromOptions) {
    if (!name) {
      throw new Error(`HelmValuesFrom: the ${kind} has no name. Give the name of a ${kind}.`);
    }
  }

  /** @internal */
  public _toSpec(): any {
    const { valuesKey, targetPath, optional } = this.options;
    return { kind: this.kind, name: this.name, valuesKey, ...targetPath?._toSpec(), optional };
  }
}
