import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkMicroservice } from './checks';
import { NAME_LABEL } from './labels';
import { MicroserviceDeployment } from './microservice-deployment';
import { MicroserviceProps } from './microservice-props';
import { MicroserviceService } from './microservice-service';
import { writablePaths } from './writable-paths';
import { ImageMarkers } from '../image';

/** `nonroot` of the distroless images. */
const DEFAULT_USER_ID = 65532;

/** A minute at the API server's ten seconds for each: a program that is slow to start, or busy, is not restarted at once. */
const LIVENESS_FAILURES = 6;

/**
 * An HTTP service: a Deployment and a Service, both named like the construct's id, in the chart's namespace or the one given.
 *
 * The pods are selected by `app.kubernetes.io/name: <id>` alone. A Deployment's selector cannot be changed, so it does not
 * depend on where in the tree the construct is: moving it changes no byte.
 *
 * The pods are admitted at Pod Security level "restricted": a user that is not root, no capabilities, no privilege escalation, the
 * runtime's seccomp profile; beyond that, a read-only root file system and no token for the Kubernetes API. Containers that are
 * added get the same.
 *
 * `deployment` and `service` are those of cdk8s-plus, for all that the options do not say: an Ingress
 * (`deployment.exposeViaIngress()`), a HorizontalPodAutoscaler, scheduling, connections, volumes, further containers. What
 * has this construct as its scope is delivered with it; what has the chart as its scope is not. `ApiObject.of()` of this construct
 * is the Deployment's; patches apply to what is written, also to fields that cdk8s-plus does not know.
 */
export class Microservice extends Construct {
  /** The Deployment. */
  public readonly deployment: kplus.Deployment;

  /** The Service in front of it; its port is named `http`. */
  public readonly service: kplus.Service;

  /**
   * @throws if the id cannot be the name of a Service (RFC 1035: a lower-case letter, then lower-case letters, digits and hyphens,
   * at most 63 characters), the image or the port is missing, or the API server would refuse a port, label, path, user or name among the props
   */
  constructor(scope: Construct, id: string, props: MicroserviceProps) {
    super(scope, id);
    checkMicroservice(this, id, props);
    const selector = { [NAME_LABEL]: id };
    const labels = { ...props.labels, ...selector };
    const metadata = { name: id, namespace: props.namespace, labels, annotations: props.annotations };

    const deployment = new MicroserviceDeployment(this, 'Deployment', {
      metadata,
      selector,
      podLabels: labels,
      replicas: props.replicas ?? 1,
      userId: props.userId ?? DEFAULT_USER_ID,
      automountServiceAccountToken: props.automountServiceAccountToken ?? false,
      serviceAccount: props.serviceAccount,
      imagePullSecrets: props.imagePullSecrets ?? [],
      main: {
        name: id,
        image: props.image,
        httpPort: props.port,
        imagePullPolicy: props.imagePullPolicy,
        command: copyUnlessEmpty(props.command),
        args: copyUnlessEmpty(props.args),
        // A copy, for `container.env.addVariable()` writes into the object that it was given.
        envVariables: { ...props.env },
        readiness: props.readiness ?? defaultProbe(props.probePath),
        liveness: props.liveness ?? defaultProbe(props.probePath, { failureThreshold: LIVENESS_FAILURES }),
        resources: props.resources,
      },
    });
    for (const { path, volume } of writablePaths(this, props.writablePaths ?? [])) {
      deployment.containers[0].mount(path, kplus.Volume.fromEmptyDir(deployment, volume, volume));
    }
    this.deployment = deployment;
    this.service = new MicroserviceService(this, 'Service', {
      metadata,
      selector: deployment,
      ports: [{ name: 'http', port: props.servicePort ?? props.port, targetPort: props.port }],
    });
    deployment.ownService = this.service;
    this.node.defaultChild = ApiObject.of(deployment);
    if (props.imagePolicy) {
      ImageMarkers.markImage(this, props.imagePolicy, id);
    }
    props.delivery?.deliver(this);
  }
}

function defaultProbe(path: string | undefined, options: kplus.ProbeOptions = {}): kplus.Probe {
  return path === undefined ? kplus.Probe.fromTcpSocket(options) : kplus.Probe.fromHttpGet(path, options);
}

function copyUnlessEmpty(words: string[] | undefined): string[] | undefined {
  return words?.length ? [...words] : undefined;
}
