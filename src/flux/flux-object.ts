import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxSecret } from './flux-secret';
import { constructError, goDuration, isDnsLabel, DurationUnits, MAX_OBJECT_NAME } from '../format';
import { isInFluxApp } from '../routing';
import { checkObject, checkObjects, formatFinding } from '../rules';
import { FluxSecretLayout, layoutsReadBy } from '../secrets';

/** What every Flux object takes. */
export interface FluxObjectOptions {
  /**
   * Name of the object: a DNS label of at most 63 characters.
   *
   * @default - see the class
   */
  readonly name?: string;

  /**
   * Namespace of the object.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;

  /**
   * Labels of the object, beside those of its chart.
   *
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the object.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** What tells one Flux kind from another, and one object from another of its kind. */
export interface FluxObjectProps extends FluxObjectOptions {
  /** Such as `source.toolkit.fluxcd.io/v1`. */
  readonly apiVersion: string;

  /** Such as `GitRepository`. */
  readonly kind: string;

  /** Name to take when none is given: a stable one, that does not depend on the place in the tree. */
  readonly defaultName: string;
}

/**
 * A Flux object: one ApiObject, the construct's `defaultChild`, so that every field stays reachable by `addJsonPatch`.
 */
export abstract class FluxObject extends Construct {
  /** The namespace that `flux bootstrap` makes, and where Flux objects live unless told otherwise. */
  public static readonly DEFAULT_NAMESPACE = 'flux-system';

  /** The object as cdk8s knows it; patch it with `addJsonPatch`. */
  public readonly apiObject: ApiObject;

  /** `metadata.name`. */
  public readonly objectName: string;

  /** `metadata.namespace`. */
  public readonly objectNamespace: string;

  constructor(scope: Construct, id: string, props: FluxObjectProps) {
    super(scope, id);
    this.objectName = props.name ?? props.defaultName;
    this.objectNamespace = props.namespace ?? FluxObject.DEFAULT_NAMESPACE;
    if (!isDnsLabel(this.objectName)) {
      throw constructError(
        this,
        this.objectName ? `'${this.objectName}' cannot be the name of a ${props.kind}` : `the ${props.kind} has no name`,
        `Give a 'name' of lower-case letters, digits and hyphens, at most ${MAX_OBJECT_NAME} characters`,
      );
    }
    if (!isDnsLabel(this.objectNamespace)) {
      throw constructError(this, `'${this.objectNamespace}' is no namespace`, 'Give a DNS label of at most 63 characters');
    }
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: props.apiVersion,
      kind: props.kind,
      metadata: {
        name: this.objectName,
        namespace: this.objectNamespace,
        labels: props.labels,
        annotations: props.annotations,
      },
      spec: Lazy.any({ produce: () => withoutEmpty(this._toSpec()) }),
    });
    if (!isInFluxApp(this)) {
      // A FluxApp looks at all objects when it is rendered. In a plain App only this construct can, at itself.
      this.node.addValidation({ validate: () => this.errors() });
    }
  }

  /** What is wrong with what is rendered, patches and all. */
  private errors(): string[] {
    return checkObjects([{ object: this.apiObject.toJson(), at: this.node.path }])
      .filter(({ rule }) => rule.severity === 'error')
      .map(formatFinding);
  }

  /** @internal */
  protected abstract _toSpec(): any;

  /** @internal */
  protected _duration(field: string, duration: Duration | undefined, units?: DurationUnits): string | undefined {
    if (duration?.toMilliseconds({ integral: false }) === 0) {
      throw constructError(this, `'${field}' is 0`, 'Give more than that, or leave it out');
    }
    try {
      return duration && goDuration(duration, units);
    } catch (error) {
      throw constructError(this, `'${field}': ${(error as Error).message}`, 'Give whole milliseconds');
    }
  }

  /**
   * The namespace of an object that this one names, as it is written: only where it is another one.
   *
   * @internal
   */
  protected _otherNamespace(namespace: string): string | undefined {
    return namespace === this.objectNamespace ? undefined : namespace;
  }

  /**
   * Tells at once what this object alone shows to be wrong: the last thing that a constructor does. Patches, and what is added
   * later, are looked at when the app is rendered.
   *
   * @param secrets the Secrets by the paths of the fields in `spec` that name them, such as `verify.secretRef`
   * @internal
   */
  protected _check(secrets: { [field: string]: FluxSecret | undefined } = {}): void {
    const { kind } = this.apiObject;
    const spec = withoutEmpty(this._toSpec());
    for (const [field, secret] of Object.entries(secrets)) {
      const layouts = secret && secret.layout !== FluxSecretLayout.ANY ? layoutsReadBy(kind, field, spec) : undefined;
      if (layouts && !layouts.includes(secret!.layout)) {
        throw constructError(
          this,
          `Flux does not read ${secret!.layout} from '${field.replace(/Ref$/, '')}' (Secret '${secret!.secretName}')`,
          `Give a FluxSecret for ${layouts.filter((layout) => layout !== FluxSecretLayout.ANY).join(', ')}, or FluxSecret.fromSecretName() if the Secret holds those keys`,
        );
      }
    }
    this._checkSpec(spec);
  }

  /**
   * Tells what the rules for its kind say of a `spec`, or of the part of it that is new.
   *
   * @internal
   */
  protected _checkSpec(spec: any, fieldOf: (field: string) => string = (field) => field): void {
    const { apiVersion, kind } = this.apiObject;
    const object = { apiVersion, kind, metadata: { name: this.objectName, namespace: this.objectNamespace }, spec };
    for (const complaint of checkObject(object)) {
      if (complaint.rule.severity === 'error') {
        throw new Error(formatFinding({ ...complaint, field: fieldOf(complaint.field), on: { at: this.node.path, object } }));
      }
    }
  }
}

/** Without empty lists and maps, which mean the same to Flux as nothing. */
function withoutEmpty(fields: { [field: string]: any }): { [field: string]: any } {
  const kept: { [field: string]: any } = {};
  for (const field of Object.keys(fields)) {
    const value = fields[field];
    if (Array.isArray(value)) {
      if (value.length > 0) {
        kept[field] = value;
      }
    } else if (value?.constructor === Object) {
      const inner = withoutEmpty(value);
      if (Object.keys(inner).length > 0) {
        kept[field] = inner;
      }
    } else if (value !== undefined) {
      kept[field] = value;
    }
  }
  return kept;
}
