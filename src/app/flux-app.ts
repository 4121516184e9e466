import { App, AppProps } from 'cdk8s';
import { clusterViews } from './cluster-views';
import { constructMetadata } from './construct-metadata';
import { deliveryManifest } from './delivery-entries';
import { orderObjects } from './order';
import { writeOutput } from './output-folder';
import { render, Rendering } from './render';
import { route } from './route';
import { walk } from './walk';
import { isDnsLabel } from '../format';
import { holdsPassword } from '../git';
import { DeliveryManifest } from '../manifest';
import { identify } from '../routing';
import { checkClusters, checkObjects, ClusterView, ExistingObject, Finding } from '../rules';
import { checkMarkedPolicies, verdictOn } from '../validation';

/** Names that mean something else where the app's own stands: bootstrap's objects, and kustomize's file. */
const RESERVED_NAMES = ['flux-system', 'kustomization'];

/** What a FluxApp takes beside what every cdk8s app takes. */
export interface FluxAppProps extends AppProps {
  /**
   * The owner written into what is published. It must not change by accident: another name is another owner, and what the first
   * one published is not its own. At most 56 lower-case letters, digits and hyphens.
   *
   * @default - none; required as soon as something is delivered
   */
  readonly name?: string;

  /**
   * What the render is made from, beside the code: an environment, a version. It is recorded in `delivery.json` and in every
   * commit, so it holds no secret.
   *
   * @default - none
   */
  readonly inputs?: { readonly [name: string]: string };
}

/**
 * A cdk8s app that knows where its objects go: what a delivery claims is written to the folder of its repository and branch,
 * with a `kustomization.yaml`, all else to its chart's file, and `delivery.json` says what `cdk8s-fluxcd publish` brings where.
 *
 * It stands wherever an `App` does; `cdk8s synth` runs it unchanged.
 *
 * @throws if the name cannot be an owner's, or an input holds a URL with a password
 */
export class FluxApp extends App {
  /** The owner written into what is published. */
  public readonly name?: string;

  private readonly inputs: { readonly [name: string]: string };
  private readonly recordMetadata: boolean;

  constructor(props: FluxAppProps = {}) {
    super(props);
    this.name = props.name;
    this.inputs = sorted(props.inputs ?? {});
    // As in App, where it is private.
    this.recordMetadata = props.recordConstructMetadata ?? process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true';
    for (const [input, value] of Object.entries(this.inputs)) {
      if (typeof value !== 'string' || holdsPassword(value)) {
        throw new Error(`the app: input '${input}' ${typeof value === 'string' ? 'holds a password' : 'is no text'}. Inputs are recorded in every commit: give text that anyone may read.`);
      }
    }
    if (props.name !== undefined && (!isDnsLabel(`${props.name}-config`) || RESERVED_NAMES.includes(props.name))) {
      throw new Error(
        `the app: '${props.name}' cannot be its name, of which files and the Kustomization '<name>-config' are named. ` +
        `Give at most 56 lower-case letters, digits and hyphens, and none of ${RESERVED_NAMES.join(', ')}.`,
      );
    }
    identify(this, { name: props.name });
  }

  /**
   * An input by its name.
   *
   * @throws if the app has no such input
   */
  public input(name: string): string {
    if (!Object.prototype.hasOwnProperty.call(this.inputs, name)) {
      throw new Error(`the app: there is no input '${name}'. Give it: new FluxApp({ inputs: { ${name}: '...' } }).`);
    }
    return this.inputs[name];
  }

  /**
   * Validates, renders and then writes everything to the output folder, and removes what an earlier synth wrote and this one
   * did not.
   *
   * @throws with all that is wrong at once, and then no file is touched
   */
  public synth(): void {
    const rendering = this.renderAll();
    writeOutput(this.outdir, rendering.files, rendering.manifest);
    process.stderr.write(rendering.warnings.map((warning) => `cdk8s-fluxcd: warning: ${warning}\n`).join(''));
    if (rendering.fluxUnclaimed.length) {
      process.stderr.write(`cdk8s-fluxcd: Flux objects are in ${rendering.fluxUnclaimed.join(', ')} of '${this.outdir}', to be applied by hand (kubectl apply). ` +
        'To have them published, make one FluxConfigRepository cluster, or name the clusters of the ManifestRepository.\n');
    }
  }

  private renderAll(): Rendering & { readonly manifest: DeliveryManifest; readonly warnings: string[] } {
    const walked = walk(this);
    const errors = [...walked.errors];
    const charts = orderObjects(walked, errors);
    const routing = route(walked, charts, this.outputFileExtension, errors);
    const rendering = render(routing, {
      extension: this.outputFileExtension,
      yamlOutputType: this.yamlOutputType,
      constructMetadata: this.recordMetadata ? constructMetadata(charts) : undefined,
    }, errors);
    const { views, applies } = clusterViews(routing, walked.existing, (object) => (
      // What could not be rendered is told already.
      rendering.rendered.get(object) ?? { apiVersion: object.apiVersion, kind: object.kind, metadata: object.metadata.toJson() }
    ));
    const verdict = verdictOn(findingsOn(views), walked.acknowledged);
    errors.push(...verdict.errors, ...checkMarkedPolicies(rendering.marked, rendering.rendered.values(), walked.existing));
    if (errors.length) {
      throw new Error(`Validation failed with the following errors:\n  ${[...new Set(errors)].join('\n  ')}`);
    }
    return {
      ...rendering,
      manifest: deliveryManifest({
        ...rendering,
        app: this.name,
        inputs: this.inputs,
        declared: walked.repositories,
        applies,
        existing: existingOnce(walked.existing),
        acknowledged: verdict.acknowledged,
      }),
      warnings: verdict.warnings,
    };
  }
}

/** What is declared as made elsewhere, once each and sorted, but for what is in every cluster. */
function existingOnce(existing: readonly ExistingObject[]): ExistingObject[] {
  const byKey = new Map(existing.map(({ group, kind, name, namespace }) => [[group, kind, namespace, name].join('\0'), { group, kind, name, namespace }]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
    .filter(({ name, namespace }) => name !== 'flux-system' || namespace !== 'flux-system');
}

/** What each object alone shows, and what those of a cluster show together. */
function findingsOn(views: readonly ClusterView[]): Finding[] {
  const objects = new Map(views.flatMap(({ applied }) => applied.flatMap((set) => set.objects.map((ruled) => [ruled.object, ruled] as const))));
  return [...checkObjects(objects.values()), ...checkClusters(views)];
}

function sorted(inputs: { readonly [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(inputs).sort(([a], [b]) => (a < b ? -1 : 1)));
}
