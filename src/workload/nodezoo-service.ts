import { Construct } from 'constructs';
import { PART_OF_LABEL } from './labels';
import { Microservice } from './microservice';
import { MicroserviceProps } from './microservice-props';
import { layered } from '../routing';

/**
 * A service of the nodezoo system: a Microservice with the label `app.kubernetes.io/part-of: nodezoo`.
 *
 * This is all that a team's own class takes; whoever also fixes the image or the port takes `MicroserviceOptions` instead.
 */
export class NodezooService extends Microservice {
  constructor(scope: Construct, id: string, props: MicroserviceProps) {
    super(scope, id, { ...props, labels: layered({ [PART_OF_LABEL]: 'nodezoo' }, props.labels) });
  }
}
