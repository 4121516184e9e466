import { ApiObjectMetadata, ApiObjectMetadataDefinition } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { finishContainer, MainContainer, MainContainerProps, resourcesWithDefaults } from './containers';
import { MicroserviceService } from './microservice-service';
import { quietDeployment, renderAsWritten } from './rendering';

/** What a Microservice tells its Deployment. */
export interface MicroserviceDeploymentProps {
  readonly metadata: ApiObjectMetadata;
  /** What the pods are selected by; part of `podLabels`. */
  readonly selector: { readonly [name: string]: string };
  readonly podLabels: { readonly [name: string]: string };
  readonly main: MainContainerProps;
  readonly replicas: number;
  readonly userId: number;
  readonly automountServiceAccountToken: boolean;
  readonly serviceAccount?: kplus.IServiceAccount;
  readonly imagePullSecrets: kplus.ISecret[];
}

/**
 * A Deployment of cdk8s-plus, with three differences: its selector is the one given, everywhere that stock uses a hash of the
 * tree path; its pods are admitted at Pod Security "restricted"; and it writes nothing that means nothing.
 *
 * It overrides what cdk8s-plus calls internal (`_toKube`); the tests of this room fail when that changes.
 */
export class MicroserviceDeployment extends kplus.Deployment {
  /** The Service of the same Microservice: what the Deployment is exposed by unless another one is asked for. */
  public ownService?: kplus.Service;

  private readonly selector: { readonly [name: string]: string };
  private readonly pods: ApiObjectMetadataDefinition;
  private readonly pullSecrets: string[];
  private readonly given = new Map<kplus.Container, kplus.ContainerProps>();

  constructor(scope: Construct, id: string, props: MicroserviceDeploymentProps) {
    super(scope, id, {
      metadata: props.metadata,
      replicas: props.replicas,
      select: false,
      serviceAccount: props.serviceAccount,
      automountServiceAccountToken: props.automountServiceAccountToken,
      securityContext: { user: props.userId, group: props.userId, fsGroup: props.userId },
    });
    this.selector = props.selector;
    this.pods = new ApiObjectMetadataDefinition({ labels: props.podLabels, apiObject: this.apiObject });
    // The API server takes each name once: `imagePullSecrets` is a map by name.
    this.pullSecrets = [...new Set(props.imagePullSecrets.map((secret) => secret.name))];
    this.select(kplus.LabelSelector.of({ labels: props.selector }));
    this.attachContainer(this.remember(new MainContainer(props.main), props.main));
    renderAsWritten(this.apiObject);
    this.node.addValidation({ validate: () => this.unselectedPods() });
  }

  /** Stock adds a label made of the tree path to these. */
  public override get podMetadata(): ApiObjectMetadataDefinition {
    return this.pods;
  }

  /** What Services, NetworkPolicies and affinities find the pods by. */
  public override toPodSelectorConfig(): kplus.PodSelectorConfig {
    return {
      labelSelector: kplus.LabelSelector.of({ labels: this.selector }),
      namespaces: this.metadata.namespace ? { names: [this.metadata.namespace] } : undefined,
    };
  }

  /** An autoscaler overrules `replicas` (see `_toKube`), so it need not refuse a target that has them. */
  public override toScalingTarget(): kplus.ScalingTarget {
    return { ...super.toScalingTarget(), replicas: undefined };
  }

  public override addContainer(container: kplus.ContainerProps): kplus.Container {
    return this.remember(super.addContainer({ ...container, resources: resourcesWithDefaults(container.resources) }), container);
  }

  public override addInitContainer(container: kplus.ContainerProps): kplus.Container {
    return this.remember(super.addInitContainer({ ...container, resources: resourcesWithDefaults(container.resources) }), container);
  }

  /** The Service that is there already, unless the options ask for another one. */
  public override exposeViaService(options: kplus.DeploymentExposeViaServiceOptions = {}): kplus.Service {
    const another = options.name || options.ports || options.serviceType;
    return this.ownService && !another ? this.ownService : MicroserviceService.exposing(this, options);
  }

  /** @internal */
  public override _toKube(): kplus.k8s.DeploymentSpec {
    const spec = kplus.k8s.toJson_DeploymentSpec(super._toKube())!;
    const pod = spec.template.spec;
    this.containers.forEach((container, i) => finishContainer(pod.containers[i], this.given.get(container)));
    this.initContainers.forEach((container, i) => finishContainer(pod.initContainers[i], this.given.get(container)));
    // cdk8s-plus has no property for it.
    pod.securityContext.seccompProfile = { type: 'RuntimeDefault' };
    if (this.pullSecrets.length > 0) {
      // cdk8s-plus holds one (`dockerRegistryAuth`).
      pod.imagePullSecrets = this.pullSecrets.map((name) => ({ name }));
    }
    quietDeployment(spec);
    return spec as kplus.k8s.DeploymentSpec;
  }

  private remember(container: kplus.Container, given: kplus.ContainerProps): kplus.Container {
    this.given.set(container, given);
    return container;
  }

  /** The API server refuses a Deployment that does not select its own pods. */
  private unselectedPods(): string[] {
    return Object.entries(this.matchLabels)
      .filter(([key, value]) => this.pods.getLabel(key) !== value)
      .map(([key, value]) => `the selector asks for pods with '${key}: ${value}', which these are not. Add the label with podMetadata.addLabel().`);
  }
}
