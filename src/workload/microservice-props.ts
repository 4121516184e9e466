import * as kplus from 'cdk8s-plus-27';
import { Delivery } from '../delivery';
import { IFluxImagePolicy } from '../image';

/** What a Microservice takes beside its image and port; a team's own class takes these, and says image and port itself. */
export interface MicroserviceOptions {
  /**
   * Where the rendered files go, such as `manifests.branch('shop')`; everything below the construct goes with it.
   *
   * @default - wherever the scope goes
   */
  readonly delivery?: Delivery;

  /**
   * Namespace of the Deployment and the Service: a DNS label of at most 63 characters.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * How many pods run, as long as no autoscaler decides it: the field is left out as soon as a HorizontalPodAutoscaler targets
   * the deployment, for two owners of one field would undo each other. Of an autoscaler that cdk8s-plus does not know, tell
   * the deployment by `deployment.markHasAutoscaler()`.
   *
   * Not every program may run twice, so the default is one; what must outlive the loss of a node needs two or more.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Environment variables, in the order given: plain values (`EnvValue.fromValue`), or from a Secret, a ConfigMap, a field.
   *
   * @default - none
   */
  readonly env?: { readonly [name: string]: kplus.EnvValue };

  /**
   * Secrets with the credentials for private registries; they must be in the namespace of the service.
   *
   * @default - those of the service account
   */
  readonly imagePullSecrets?: kplus.ISecret[];

  /**
   * When a node pulls the image.
   *
   * @default - the API server's: once for each node, or at each start if the tag is `latest` or missing
   */
  readonly imagePullPolicy?: kplus.ImagePullPolicy;

  /**
   * The policy that chooses the image from now on: a FluxImageUpdateAutomation sets it where it is published, and `cdk8s-fluxcd publish` leaves it
   * until the app says another image. Only a FluxApp writes the marker.
   *
   * @default - none: the image is what the app says
   */
  readonly imagePolicy?: IFluxImagePolicy;

  /**
   * The account that the pods run as.
   *
   * @default - the namespace's `default`
   */
  readonly serviceAccount?: kplus.IServiceAccount;

  /**
   * Whether the pods get a token for the Kubernetes API.
   *
   * @default false
   */
  readonly automountServiceAccountToken?: boolean;

  /**
   * Port of the Service, 1 to 65535.
   *
   * @default - the container's port
   */
  readonly servicePort?: number;

  /**
   * Path that answers an HTTP GET with a status of 200 to 399 when all is well; starts with `/`. Readiness and liveness ask it.
   *
   * @default - none: the probes only open a TCP connection to the port
   */
  readonly probePath?: string;

  /**
   * When a pod gets traffic. A probe without a port asks the container's.
   *
   * @default - every 10 seconds, out after 3 failures
   */
  readonly readiness?: kplus.Probe;

  /**
   * When a pod is restarted. A probe without a port asks the container's. There is no startup probe, so this one must leave a
   * slow program the time to start.
   *
   * @default - every 10 seconds, restart after 6 failures: a program has a minute to open its port
   */
  readonly liveness?: kplus.Probe;

  /**
   * CPU, memory and ephemeral storage, requested and at most. What is given of one of them replaces its whole default.
   *
   * There is no CPU limit by default, as it slows a program down while the node is idle. Memory is requested in full, so that no
   * pod is killed for what its neighbours use.
   *
   * @default - requests 100m CPU and 256Mi memory, limit 256Mi memory
   */
  readonly resources?: kplus.ContainerResources;

  /**
   * Labels of the Deployment, the Service and the pods (a chart's labels do not reach pods). Never part of the selector, so they
   * may change at any time; a change restarts the pods.
   *
   * @default - `app.kubernetes.io/name` alone
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the Deployment and the Service. Those of the pods are set by `deployment.podMetadata.addAnnotation()`.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };

  /**
   * User and group that the program runs as, and group of the volumes: 1 to 2147483647. It must be a number, for the kubelet
   * cannot tell whether a user known by name is root, and then refuses to start the pod.
   *
   * @default 65532 - `nonroot` of the distroless images
   */
  readonly userId?: number;

  /**
   * Absolute paths that the program may write to, such as `/tmp`: each an empty directory that lives as long as the pod. Everything
   * else of the file system is read-only.
   *
   * @default - none
   */
  readonly writablePaths?: string[];

  /**
   * The program to run.
   *
   * @default - the image's ENTRYPOINT
   */
  readonly command?: string[];

  /**
   * Its arguments.
   *
   * @default - the image's CMD, or none if a command is given
   */
  readonly args?: string[];
}

/** What a Microservice takes. */
export interface MicroserviceProps extends MicroserviceOptions {
  /** The image, such as `nodezoo/nodezoo-npm-service:1.0.0`. */
  readonly image: string;

  /**
   * Port that the program listens on, 1 to 65535. Below 1024 it needs a container runtime that lets everyone bind those
   * (containerd 2 does), for the program is not root and has no capabilities.
   */
  readonly port: number;
}
