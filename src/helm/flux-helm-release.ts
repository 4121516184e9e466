import { Duration, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { actionSpec } from './action-spec';
import { HelmDriftDetection } from './drift-detection';
import { HelmInstall } from './install';
import { nullPatches } from './null-values';
import { HelmPostRenderer, HelmPostRenderStrategy } from './post-renderer';
import { HelmReleaseChart } from './release-chart';
import { HelmTest } from './release-test';
import { HelmRollback } from './rollback';
import { HelmUninstall } from './uninstall';
import { HelmUpgrade } from './upgrade';
import { HelmValuesFrom } from './values-from';
import { HelmWaitStrategy } from './waiting';
import { Dependencies, DependsOnOptions, FluxApplierOptions, FluxHealthCheckExpr, FluxObject } from '../flux';
import { fileNameOf } from '../format';
import { markExisting, requireGiven } from '../routing';

const GROUP = 'helm.toolkit.fluxcd.io';
const KIND = 'HelmRelease';

/** A HelmRelease, or what stands for one: something that another can depend on. */
export interface IFluxHelmRelease extends IConstruct {
  /** `metadata.name`. */
  readonly helmReleaseName: string;

  /** `metadata.namespace`. */
  readonly helmReleaseNamespace: string;
}

/** What a HelmRelease takes. */
export interface FluxHelmReleaseProps extends FluxApplierOptions {
  /** Which chart. */
  readonly chart: HelmReleaseChart;

  /**
   * How often Flux looks whether the release is as it should be; a new chart is released at once, and so are new values of this object.
   *
   * @default Duration.minutes(10)
   */
  readonly interval?: Duration;

  /**
   * How long each operation on the cluster may take, such as a hook's job or the wait for a rollout.
   *
   * @default - Flux's: 5 minutes
   */
  readonly timeout?: Duration;

  /**
   * Values for the chart. They win over those of `valuesFrom`.
   *
   * As in Helm, `null` takes away a default of the chart (from Python, Java and Go it cannot be given here: take `valuesFrom`).
   *
   * @default - none
   */
  readonly values?: { readonly [key: string]: any };

  /**
   * ConfigMaps and Secrets with values; a later one wins over an earlier one.
   *
   * A change in one of them is seen at the next `interval`; at once, if it has the label `reconcile.fluxcd.io/watch: Enabled`.
   *
   * @default - none
   */
  readonly valuesFrom?: HelmValuesFrom[];

  /**
   * Name of the release in Helm; at most 53 characters. Another name later makes Flux uninstall the release of the old one.
   *
   * @default - Flux's: the name of this object, with `<targetNamespace>-` before it if there is one; cut, with a hash at its end, if it is longer
   */
  readonly releaseName?: string;

  /**
   * Namespace of the release. Flux makes it only with `install.createNamespace`.
   *
   * @default - that of this object
   */
  readonly targetNamespace?: string;

  /**
   * Namespace in which Helm keeps the release's history. It must exist.
   *
   * @default - that of this object
   */
  readonly storageNamespace?: string;

  /**
   * HelmReleases that must be ready before this one is installed or upgraded. See also `addDependsOn`.
   *
   * @default - none
   */
  readonly dependsOn?: IFluxHelmRelease[];

  /**
   * How to install.
   *
   * @default - Flux's
   */
  readonly install?: HelmInstall;

  /**
   * How to upgrade.
   *
   * @default - Flux's
   */
  readonly upgrade?: HelmUpgrade;

  /**
   * How to roll back.
   *
   * @default - Flux's
   */
  readonly rollback?: HelmRollback;

  /**
   * How to uninstall.
   *
   * @default - Flux's
   */
  readonly uninstall?: HelmUninstall;

  /**
   * Whether to run the chart's tests.
   *
   * @default - they are not run
   */
  readonly test?: HelmTest;

  /**
   * Whether to compare the objects in the cluster with what the release made.
   *
   * @default - Flux does not look
   */
  readonly driftDetection?: HelmDriftDetection;

  /**
   * How to find out whether objects are ready.
   *
   * @default - Flux's: HelmWaitStrategy.POLLER
   */
  readonly waitStrategy?: HelmWaitStrategy;

  /**
   * How to tell the state of kinds that Flux does not know. They do not count with `HelmWaitStrategy.LEGACY`.
   *
   * @default - none
   */
  readonly healthCheckExprs?: FluxHealthCheckExpr[];

  /**
   * Changes to what the chart renders, one after the other.
   *
   * @default - none
   */
  readonly postRenderers?: HelmPostRenderer[];

  /**
   * What of the chart's hooks the post-renderers see.
   *
   * @default - Flux's: HelmPostRenderStrategy.COMBINED
   */
  readonly postRenderStrategy?: HelmPostRenderStrategy;

  /**
   * How many revisions Helm keeps; 0 stands for all.
   *
   * @default - Flux's: 5
   */
  readonly maxHistory?: number;

  /**
   * Whether one client serves a whole reconciliation. False helps charts that make CustomResourceDefinitions from their templates.
   *
   * @default - Flux's: true
   */
  readonly persistentClient?: boolean;
}

/**
 * A HelmRelease (`helm.toolkit.fluxcd.io/v2`): a chart that helm-controller installs and keeps as it is said here.
 *
 * Unnamed, it is named like the construct's id. A rename makes Flux uninstall the release of the old name.
 *
 * @throws if the chart is missing, the name is no DNS label of at most 63 characters (helm-controller writes it into a label), a Secret does not
 *   hold what the field reads, or options contradict each other
 */
export class FluxHelmRelease extends FluxObject implements IFluxHelmRelease {
  /**
   * A HelmRelease that is made elsewhere.
   *
   * @throws if the name is missing
   */
  public static fromHelmReleaseName(scope: Construct, id: string, name: string, namespace?: string): IFluxHelmRelease {
    class Imported extends Construct implements IFluxHelmRelease {
      public readonly helmReleaseName = name;
      public readonly helmReleaseNamespace = namespace ?? FluxObject.DEFAULT_NAMESPACE;
    }
    const imported = new Imported(scope, id);
    markExisting(imported, { group: GROUP, kind: KIND, name, namespace: imported.helmReleaseNamespace });
    return imported;
  }

  public readonly helmReleaseName: string;
  public readonly helmReleaseNamespace: string;

  /** Which chart. */
  public readonly chart: HelmReleaseChart;

  private readonly dependencies: Dependencies;
  private readonly _props: FluxHelmReleaseProps;

  constructor(scope: Construct, id: string, props: FluxHelmReleaseProps) {
    super(scope, id, { ...props, apiVersion: `${GROUP}/v2`, kind: KIND, defaultName: fileNameOf(id) });
    requireGiven(this, 'chart', props.chart, 'Give a HelmReleaseChart, such as HelmReleaseChart.fromSource(...)');
    this._props = props;
    this.helmReleaseName = this.objectName;
    this.helmReleaseNamespace = this.objectNamespace;
    this.chart = props.chart;
    this.dependencies = new Dependencies(props.dependsOn?.map(nameOf));
    this.apiObject.addJsonPatch(...nullPatches('/spec/values', props.values));
    const verify = props.chart._verify;
    // Neither identities nor a trusted root are known to the template of a HelmChart.
    verify?._requireKnown(this, KIND, []);
    this._check({ 'kubeConfig.secretRef': props.kubeConfig?._secret, 'chart.spec.verify.secretRef': verify?._secret });
  }

  /**
   * Lets this HelmRelease wait until another is ready.
   *
   * @throws if it is this one
   */
  public addDependsOn(helmRelease: IFluxHelmRelease, options: DependsOnOptions = {}): void {
    const dependency = { ...nameOf(helmRelease), readyExpr: options.readyExpr };
    this._checkSpec({ dependsOn: [dependency] }, (field) => field.replace('[0]', `[${this.dependencies.count}]`));
    this.dependencies.add(dependency);
  }

  /** @internal */
  protected _toSpec(): any {
    const props = this._props;
    const duration = this._duration.bind(this);
    return {
      ...this.chart._toSpec(this.objectNamespace, duration),
      interval: duration('interval', props.interval ?? Duration.minutes(10)),
      timeout: duration('timeout', props.timeout),
      // Nothing of these is ours to leave out: an empty list takes the place of the chart's.
      values: props.values && Lazy.any({ produce: () => props.values }),
      valuesFrom: props.valuesFrom?.map((from) => from._toSpec()),
      releaseName: props.releaseName,
      targetNamespace: props.targetNamespace,
      storageNamespace: props.storageNamespace,
      dependsOn: this.dependencies.toSpec(this.objectNamespace),
      install: actionSpec('install', props.install, duration),
      upgrade: actionSpec('upgrade', props.upgrade, duration),
      rollback: actionSpec('rollback', props.rollback, duration),
      uninstall: actionSpec('uninstall', props.uninstall, duration),
      test: actionSpec('test', props.test, duration),
      driftDetection: props.driftDetection,
      waitStrategy: props.waitStrategy && { name: props.waitStrategy },
      healthCheckExprs: props.healthCheckExprs,
      commonMetadata: props.commonMetadata,
      postRenderers: props.postRenderers?.map((renderer) => renderer._toSpec()),
      postRenderStrategy: props.postRenderStrategy,
      maxHistory: props.maxHistory,
      serviceAccountName: props.serviceAccountName,
      kubeConfig: props.kubeConfig?._toSpec(),
      persistentClient: props.persistentClient,
      suspend: props.suspend,
    };
  }
}

function nameOf({ helmReleaseName, helmReleaseNamespace }: IFluxHelmRelease): { name: string; namespace: string } {
  return { name: helmReleaseName, namespace: helmReleaseNamespace };
}
