import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { IFluxSource } from './flux-source';
import { importedSource, SOURCE_API_VERSION } from './imported-source';
import { FluxObject, FluxObjectOptions } from '../flux';
import { fileNameOf } from '../format';

const KIND = 'ExternalArtifact';

/** The object that an artifact is made for. */
export class ExternalArtifactSource {
  /** An object that is made here; a construct stands for its `defaultChild`. */
  public static fromObject(object: IConstruct): ExternalArtifactSource {
    const { apiVersion, kind, name, metadata } = ApiObject.of(object);
    return new ExternalArtifactSource(kind, name, metadata.namespace, apiVersion);
  }

  /**
   * An object that is made elsewhere.
   *
   * @param namespace its namespace; default: that of the ExternalArtifact
   */
  public static fromName(apiVersion: string, kind: string, name: string, namespace?: string): ExternalArtifactSource {
    return new ExternalArtifactSource(kind, name, namespace, apiVersion);
  }

  private constructor(
    private readonly kind: string,
    private readonly name: string,
    private readonly namespace: string | undefined,
    private readonly apiVersion: string,
  ) {}

  /** @internal */
  public _toSpec(): any {
    return { apiVersion: this.apiVersion, kind: this.kind, name: this.name, namespace: this.namespace };
  }
}

/** What an ExternalArtifact takes. */
export interface FluxExternalArtifactProps extends FluxObjectOptions {
  /**
   * The object that the artifact is made for: its controller knows its own by it.
   *
   * @default - none
   */
  readonly source?: ExternalArtifactSource;
}

/**
 * An ExternalArtifact (`source.toolkit.fluxcd.io/v1`): a source whose content a controller other than source-controller provides.
 *
 * Flux reads the artifact from its status, which that controller writes, and mostly it makes the object too: then refer to it by
 * `fromExternalArtifactName`. kustomize-controller and helm-controller look at the kind only where they are told to (`--feature-gates=ExternalArtifact=true`).
 *
 * Unnamed, it is named like the construct's id.
 *
 * @throws if the name is no DNS label
 */
export class FluxExternalArtifact extends FluxObject implements IFluxSource {
  /**
   * An ExternalArtifact that is made elsewhere, as by its controller.
   *
   * @throws if the name is missing
   */
  public static fromExternalArtifactName(scope: Construct, id: string, name: string, namespace?: string): IFluxSource {
    return importedSource(scope, id, KIND, name, namespace);
  }

  public readonly sourceApiVersion: string = SOURCE_API_VERSION;
  public readonly sourceKind: string = KIND;
  public readonly sourceName: string;
  public readonly sourceNamespace: string;

  private readonly _props: FluxExternalArtifactProps;

  constructor(scope: Construct, id: string, props: FluxExternalArtifactProps = {}) {
    super(scope, id, { ...props, apiVersion: SOURCE_API_VERSION, kind: KIND, defaultName: fileNameOf(id) });
    this._props = props;
    this.sourceName = this.objectName;
    this.sourceNamespace = this.objectNamespace;
    this._check();
  }

  /** @internal */
  protected _toSpec(): any {
    return { sourceRef: this._props.source?._toSpec() };
  }
}
