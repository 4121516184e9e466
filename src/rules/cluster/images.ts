import { ClusterRule } from './cluster-rule';

/** An automation that sees no policy. */
export const automationWithoutPolicies: ClusterRule = {
  id: 'automation-without-policies',
  severity: 'warning',
  absence: true,
  summary: 'An ImageUpdateAutomation is in a namespace without an ImagePolicy, while others have some',
  source: 'image-automation-controller: it sees only the ImagePolicies of its own namespace',
  *check(cluster) {
    const automations = cluster.flux.filter(({ kind }) => kind === 'ImageUpdateAutomation');
    if (!automations.length) {
      return; // What is known may be much.
    }
    const { existing, known } = cluster.view;
    const policies = cluster.flux.filter(({ kind }) => kind === 'ImagePolicy');
    const namespaces = new Set([...policies.map(({ namespace }) => namespace), ...[...existing, ...known?.objects ?? []].flatMap(({ kind, namespace }) => (kind === 'ImagePolicy' ? namespace ?? '' : []))]);
    for (const on of automations) {
      if (policies.length && !namespaces.has(on.namespace)) {
        yield {
          on,
          field: 'metadata.namespace',
          problem: `it sees no ImagePolicy: those that there are, such as '${policies[0].namespace}/${policies[0].name}', are in other namespaces than '${on.namespace}'`,
          remedy: 'Make the ImagePolicies and the ImageUpdateAutomation in one namespace',
        };
      }
    }
  },
};
