import { IConstruct } from 'constructs';
import { Destination } from './destination';

const CLUSTER = Symbol.for('cdk8s-fluxcd.cluster');

/** Marks a construct as a cluster whose Flux objects go to a destination. */
export function markCluster(construct: IConstruct, destination: Destination): void {
  Object.defineProperty(construct, CLUSTER, { value: destination });
}

/** Where the Flux objects of a cluster go, if the construct is one. */
export function clusterDestination(construct: IConstruct): Destination | undefined {
  return (construct as any)[CLUSTER];
}
