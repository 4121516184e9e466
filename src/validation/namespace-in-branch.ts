import { DeliveredObject } from './delivered-object';
import { complaint } from '../format';
import { describePlace } from '../routing';
import { describeObject, groupOf, itemsOf } from '../rules';

/** A Namespace in a branch belongs to whoever applied it last, and takes everything in it along when it leaves the branch. */
export function checkNamespaceInBranch({ object, json, destination }: DeliveredObject): string | undefined {
  const namespace = destination.role === 'config' ? undefined : itemsOf(json).find(({ kind, apiVersion }) => kind === 'Namespace' && groupOf(apiVersion) === '');
  return namespace && complaint(
    object,
    `${describeObject(namespace)} would be applied from ${describePlace(destination)}, and deleted with all that is in it when it leaves that ${destination.artifact ? 'artifact' : 'branch'}`,
    'Make it with AppNamespace, outside of what is delivered: it goes with the Flux objects',
  );
}
