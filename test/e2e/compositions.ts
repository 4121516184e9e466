import { Composition } from './world';
import { NodezooService } from 'cdk8s-fluxcd';

/** Services, each delivered to a branch of its name. */
export function services(names: readonly string[], tagOf: (name: string) => string = () => '1.0.0') {
  return ({ chart, manifests }: Composition): void => names.forEach((name) => (
    new NodezooService(chart, name, { image: `nodezoo/${name}:${tagOf(name)}`, port: 8080, delivery: manifests.branch(name) })
  ));
}
