import { IConstruct } from 'constructs';
import { Repository } from './destination';

const DECLARES = Symbol.for('cdk8s-fluxcd.declares');

/** A repository or registry that an app declares, whether or not anything is delivered to it. */
export interface DeclaredRepository extends Repository {
  readonly isRegistry?: boolean;
}

/** Marks a construct as the one that declares a repository or registry. */
export function markRepository(construct: IConstruct, repository: DeclaredRepository): void {
  Object.defineProperty(construct, DECLARES, { value: repository });
}

/** The repository or registry that a construct declares, if it does. */
export function declaredBy(construct: IConstruct): DeclaredRepository | undefined {
  return (construct as any)[DECLARES];
}
