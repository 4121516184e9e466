import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { quietService, renderAsWritten } from './rendering';
import { constructError } from '../format';

/** A Service of cdk8s-plus that writes nothing that means nothing, and whose Ingress is in its own namespace. */
export class MicroserviceService extends kplus.Service {
  /**
   * A further Service for a Deployment, as stock's `exposeViaService()` makes it.
   *
   * @throws if a port is no container's, or one of several has no name
   */
  public static exposing(deployment: kplus.Deployment, options: kplus.DeploymentExposeViaServiceOptions): MicroserviceService {
    const own = deployment.containers.flatMap((container) => container.ports);
    const ports: kplus.ServicePort[] = options.ports
      ?? own.map(({ name, number, protocol }) => ({ name, port: number, targetPort: number, protocol }));
    for (const { name, port, targetPort = port } of ports) {
      if (!own.some(({ number }) => number === targetPort)) {
        throw constructError(deployment, `port ${targetPort} is no container's, so nothing can be exposed by it`, 'Add it by addPort() of a container');
      }
      if (ports.length > 1 && !name) {
        throw constructError(deployment, `port ${port} has no name, and a Service with several ports needs them`, 'Name it');
      }
    }
    return new MicroserviceService(deployment, `${options.name ?? ''}Service`, {
      metadata: { name: options.name, namespace: deployment.metadata.namespace },
      selector: deployment,
      ports,
      type: options.serviceType,
    });
  }

  constructor(scope: Construct, id: string, props: kplus.ServiceProps) {
    super(scope, id, props);
    renderAsWritten(this.apiObject);
  }

  /**
   * Named like the Service and beside it; stock takes the chart's namespace, where the Service may not be, and a name made of
   * the tree path. A second path joins the same Ingress.
   */
  public override exposeViaIngress(path: string, options: kplus.ExposeServiceViaIngressOptions = {}): kplus.Ingress {
    const ingress = options.ingress
      ?? this.node.tryFindChild('Ingress') as kplus.Ingress | undefined
      ?? new kplus.Ingress(this, 'Ingress', { metadata: { name: this.name, namespace: this.metadata.namespace } });
    return super.exposeViaIngress(path, { ...options, ingress });
  }

  /** @internal */
  public override _toKube(): kplus.k8s.ServiceSpec {
    const spec = kplus.k8s.toJson_ServiceSpec(super._toKube())!;
    quietService(spec);
    return spec as kplus.k8s.ServiceSpec;
  }
}
