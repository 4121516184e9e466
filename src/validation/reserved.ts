import { DeliveredObject } from './delivered-object';
import { complaint } from '../format';
import { describeObject, groupOf } from '../rules';

/** What `flux bootstrap` names its own source and Kustomization, and the namespace they are in. */
const BOOTSTRAP = 'flux-system';

/** Bootstrap's own source and Kustomization, taken over by an app, would prune the cluster down to that app. */
export function checkReserved({ object, json }: DeliveredObject): string | undefined {
  const { name, namespace } = json.metadata ?? {};
  return name === BOOTSTRAP && namespace === BOOTSTRAP && ['source.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io'].includes(groupOf(json.apiVersion))
    ? complaint(object, `${describeObject(json)} is bootstrap's own, and would be overwritten`, 'Give it another name')
    : undefined;
}
