import { ClusterRule } from './cluster-rule';

/** An automation that sees no policy. */
export const automationWithoutPolicies: ClusterRule = {
  id: 'automation-without-policies',
  severity: 'warning',
  absence: true,
  summary: 'An ImageUpdateAutomation is in a namespace without an ImagePolicy, while others have some',
  source: 'image-automation-controller: it sees only the ImagePolicies of its own namespace',
  *check(cluster) {
    const policies = cluster.flux.filter(({ kind }) => kind === 'ImagePolicy');
    const namespaces = new Set([...policies.map(({ namespace }) => namespace), ...cluster.view.existing.flatMap(({ kind, namespace }) => (kind === 'ImagePolicy' ? namespace ?? '' : []))]);
    for (const on of cluster.flux) {
      if (on.kind === 'ImageUpdateAutomation' && policies.length && !namespaces.has(on.namespace)) {
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
