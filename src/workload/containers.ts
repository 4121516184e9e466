import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Manifest } from './rendering';
import { layered } from '../routing';

const DEFAULT_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(100) },
  memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
};

/** What each container of a Microservice gets, unless told otherwise. */
export function resourcesWithDefaults(given?: kplus.ContainerResources): kplus.ContainerResources {
  return layered(DEFAULT_RESOURCES, given);
}

/** Props of a MainContainer: a container's, with one port that is not optional. */
export interface MainContainerProps extends kplus.ContainerProps {
  readonly httpPort: number;
}

/**
 * The container that listens on the service's port.
 *
 * Stock gives whoever sets `portNumber` a startup probe and a port without a name; but a Service with a second port must name
 * both, and a probe without a port of its own asks `portNumber` (else port 80).
 */
export class MainContainer extends kplus.Container {
  public override readonly portNumber: number;

  constructor(props: MainContainerProps) {
    super({ ...props, resources: resourcesWithDefaults(props.resources), ports: [{ name: 'http', number: props.httpPort }] });
    this.portNumber = props.httpPort;
  }
}

/**
 * Finishes a rendered container: no defaults of stock's that its author did not ask for, and what Pod Security "restricted" asks
 * of every container in a pod.
 *
 * @param manifest the container, as stock renders it
 * @param given what its author said; unknown of a container that was made elsewhere and attached, of which all is kept
 */
export function finishContainer(manifest: Manifest, given?: kplus.ContainerProps): void {
  if (given && !given.imagePullPolicy) {
    delete manifest.imagePullPolicy;
  }
  if (given && !given.startup) {
    delete manifest.startupProbe;
  }
  const capabilities = manifest.securityContext.capabilities;
  manifest.securityContext.capabilities = { ...capabilities, drop: capabilities?.drop ?? ['ALL'] };
}
