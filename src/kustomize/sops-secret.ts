import { readFileSync } from 'fs';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { decryptionKeys, requireSopsKeys } from './decryption';
import { KustomizationDecryption } from './kustomization-types';
import { constructError, readYamlText, YamlText } from '../format';
import { isInFluxApp, markEncrypted, markVerbatim, ownClaim, requireGiven } from '../routing';
import { hasSetting } from '../rules';
import { needsPrivateKey, sopsProblem } from '../secrets';

/** What a SopsSecret takes. */
export interface SopsSecretProps {
  /** The file that `sops` has encrypted, YAML or JSON; relative to the current folder. */
  readonly file: string;

  /**
   * The private keys, which the Kustomization that applies the Secret is told of.
   *
   * @default - those of the delivery, or else of its repository; without any, a cloud's key service, by workload identity
   */
  readonly decryption?: KustomizationDecryption;

  /**
   * The namespace that the file is expected to name.
   *
   * @default - that of the chart; if it has none, any
   */
  readonly namespace?: string;
}

/**
 * A Secret that is kept encrypted by SOPS, from the file to the cluster, where kustomize-controller decrypts it.
 *
 * The file is published as it is, byte for byte but for line breaks, so that `sops decrypt` works on what is published too: SOPS keeps a
 * checksum over all values, also over those that are not encrypted. So no label of the chart is added, and patches are refused.
 * The Kustomization of the delivery that it goes to is given `decryption` by itself.
 *
 * It has to be encrypted so that Flux can read what it is: `sops encrypt --encrypted-regex '^(data|stringData)$'`.
 *
 * @throws if the file cannot be read, is not one Secret that is encrypted as a whole, or does not name the namespace that is expected
 */
export class SopsSecret extends Construct {
  /** The object; it cannot be patched. */
  public readonly apiObject: ApiObject;

  /** Name of the Secret in the cluster. */
  public readonly secretName: string;

  /** Namespace that the file names; undefined if it leaves that to the `targetNamespace` of a Kustomization. */
  public readonly secretNamespace?: string;

  constructor(scope: Construct, id: string, props: SopsSecretProps) {
    super(scope, id);
    requireGiven(this, 'file', props.file, 'Give the path of a file that sops has encrypted');
    requireSopsKeys(this, props.decryption);
    const { text, value } = this.read(props.file);
    const refuse = (problem: string, remedy: string): Error => constructError(this, `file '${props.file}': ${problem}`, remedy);
    const wrong = sopsProblem(value);
    if (wrong) {
      throw refuse(wrong.problem, wrong.remedy);
    }
    const { name, namespace } = value.metadata ?? {};
    const expected = props.namespace ?? Chart.of(this).namespace;
    if (typeof name !== 'string' || name === '') {
      throw refuse("it has no 'metadata.name'", 'Give it one: sops edit');
    } else if (namespace !== undefined && typeof namespace !== 'string') {
      throw refuse("'metadata.namespace' is no text", 'Put it in quotes: sops edit');
    } else if (expected !== undefined && namespace !== expected) {
      throw refuse(
        namespace === undefined ? `it names no namespace, and '${expected}' is expected` : `it is for namespace '${namespace}', and '${expected}' is expected`,
        `Write 'metadata.namespace: ${expected}' into it (sops edit: its checksum covers the namespace)${namespace === undefined ? '' : `, or give namespace: '${namespace}'`}`,
      );
    } else if (hasSetting(value, 'decrypt', 'disabled')) {
      throw refuse('its annotation says that Flux is not to decrypt it', "Take 'kustomize.toolkit.fluxcd.io/decrypt' out: sops edit");
    }
    this.secretName = name;
    this.secretNamespace = namespace;
    this.apiObject = new UnchangedObject(this, value, text);
    markEncrypted({ construct: this, keys: decryptionKeys(props.decryption), needsPrivateKey: needsPrivateKey(value) });
    this.node.addValidation({ validate: () => this.strayProblems() });
  }

  private read(file: string): YamlText {
    let content: string;
    try {
      content = readFileSync(file, 'utf8');
    } catch (error) {
      throw constructError(this, `file '${file}' cannot be read (${(error as NodeJS.ErrnoException).code})`, 'Give the path of a file that sops has encrypted, relative to the current folder');
    }
    const documents = readYamlText(content);
    if (documents === undefined) {
      throw constructError(this, `file '${file}' is neither YAML nor JSON`, 'Take the file as sops wrote it');
    } else if (documents.length !== 1) {
      throw constructError(this, `file '${file}' holds ${documents.length} documents`, 'Give each Secret a file of its own, and encrypt each: SOPS keeps one checksum over all of a file');
    }
    return documents[0];
  }

  /** Nobody but Flux can do anything with it. */
  private strayProblems(): string[] {
    return isInFluxApp(this) && !this.node.scopes.some((scope) => ownClaim(scope))
      ? ['it is encrypted, and no delivery has it, so that nobody would decrypt it. Deliver it: manifests.branch(...).deliver(secret).'] : [];
  }
}

/** An object that is rendered as it came: not sorted, nothing added, what is empty kept. */
class UnchangedObject extends ApiObject {
  constructor(scope: Construct, private readonly content: any, text: string) {
    const { apiVersion, kind, metadata } = content;
    super(scope, 'Resource', { apiVersion, kind, metadata });
    markVerbatim(this, text);
  }

  public addJsonPatch(..._: JsonPatch[]): void {
    throw constructError(this, 'what SOPS has encrypted cannot be patched, for its checksum covers all of it', 'Change the file: sops edit');
  }

  public toJson(): any {
    return structuredClone(this.content);
  }
}
