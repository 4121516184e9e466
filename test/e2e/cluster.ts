import { HttpMethod, KubeConfig, KubernetesObjectApi, PatchStrategy, ResponseContext } from '@kubernetes/client-node';

/** Any object, as the API server shows it. */
export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly generation?: number;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
  };
  readonly [field: string]: any;
}

/** A condition of an object, such as Ready. */
export function conditionOf(object: ClusterObject | undefined, type: string): any {
  return object?.status?.conditions?.find((condition: any) => condition.type === type);
}

/** What it takes to find an object. */
export interface ObjectId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** The API server refused, and said why. */
export class Refusal extends Error {
  constructor(readonly code: number, message: string) {
    super(`${code}: ${message}`);
  }
}

/** A cluster, through its API server. Objects go there and come back as they are written: no field is dropped or turned into a Date. */
export class Cluster {
  private readonly api: PlainObjectApi;

  constructor(kubeconfig: string) {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    this.api = config.makeApiClient(PlainObjectApi);
  }

  public async isReady(): Promise<boolean> {
    try {
      return await this.read({ apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' }) !== undefined;
    } catch {
      return false;
    }
  }

  /** Applies an object, server-side and strictly. */
  public async apply(object: ClusterObject): Promise<ClusterObject> {
    return (await this.api.patchWith(PatchStrategy.ServerSideApply, object, object, { fieldManager: 'e2e', force: 'true', fieldValidation: 'Strict' })).object;
  }

  /**
   * What the API server would say of an object, strictly.
   *
   * @returns its warnings
   * @throws Refusal
   */
  public async dryRun(object: ClusterObject): Promise<string[]> {
    const query = { fieldManager: 'e2e', force: 'true', fieldValidation: 'Strict', dryRun: 'All' };
    return (await this.api.patchWith(PatchStrategy.ServerSideApply, object, object, query)).warnings;
  }

  /** Merges fields into an object that is there. */
  public async merge(object: ClusterObject | ObjectId, fields: object, subresource?: 'status'): Promise<ClusterObject> {
    return (await this.api.patchWith(PatchStrategy.MergePatch, header(object), fields, {}, subresource)).object;
  }

  /** An object, or undefined if there is none. */
  public async read(id: ObjectId): Promise<ClusterObject | undefined> {
    return unlessMissing(this.api.read(header(id)) as Promise<unknown> as Promise<ClusterObject>);
  }

  public async list(apiVersion: string, kind: string, namespace?: string): Promise<ClusterObject[]> {
    const { items } = await this.api.list(apiVersion, kind, namespace) as unknown as { items: ClusterObject[] };
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  public async delete(id: ObjectId): Promise<void> {
    await unlessMissing(this.api.delete(header(id)));
  }
}

/** client-node's API for any kind, without its models, which drop the fields that they do not know. */
class PlainObjectApi extends KubernetesObjectApi {
  private readonly warnings = new WeakMap<object, string[]>();

  public async patchWith(strategy: string, target: Header, body: object, query: Record<string, string>, subresource?: string) {
    const path = await this.specUriPath(target, 'patch');
    const request = this.configuration.baseServer.makeRequestContext(subresource ? `${path}/${subresource}` : path, HttpMethod.PATCH);
    request.setHeaderParam('Content-Type', strategy);
    Object.entries(query).forEach(([name, value]) => request.setQueryParam(name, value));
    request.setBody(JSON.stringify(body));
    const object = await this.requestPromise(request) as unknown as ClusterObject;
    return { object, warnings: this.warnings.get(object)! };
  }

  protected async processResponse<T>(response: ResponseContext): Promise<T> {
    const text = await response.body.text();
    if (response.httpStatusCode > 299) {
      throw new Refusal(response.httpStatusCode, messageIn(text));
    }
    const object = JSON.parse(text);
    this.warnings.set(object, [response.headers.warning].flatMap((warning) => warning ?? []));
    return object;
  }
}

interface Header {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

function header(id: ClusterObject | ObjectId): Header {
  const { apiVersion, kind } = id;
  const { name, namespace } = 'metadata' in id ? id.metadata as ClusterObject['metadata'] : id as ObjectId;
  return { apiVersion, kind, metadata: { name, namespace } };
}

function messageIn(text: string): string {
  try {
    return JSON.parse(text).message;
  } catch {
    return text;
  }
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal && error.code === 404) {
      return undefined;
    }
    throw error;
  }
}
