import { CLUSTER_RULES, ClusterIndex } from './cluster';
import { ClusterView, RuledObject } from './cluster-view';
import { Finding } from './finding';
import { checkObject } from './object-rules';
import { isFluxObject } from './objects';
import { schemaComplaints, SCHEMA_RULES } from '../schema';

const SCHEMA_RULE = new Map(SCHEMA_RULES.map((rule) => [rule.id, rule]));

/** What each object alone shows: the schema, and the rules for its kind. An object of no kind of Flux passes. */
export function checkObjects(objects: Iterable<RuledObject>): Finding[] {
  const findings: Finding[] = [];
  for (const on of objects) {
    const refused = new Set<string>();
    for (const { rule, field, problem, remedy } of schemaComplaints(on.object, on)) {
      refused.add(field);
      findings.push({ rule: SCHEMA_RULE.get(rule)!, field, problem, remedy, on });
    }
    for (const complaint of isFluxObject(on.object) ? checkObject(on.object) : []) {
      // What the API server refuses need not be said again.
      if (!refused.has(complaint.field)) {
        findings.push({ ...complaint, on });
      }
    }
  }
  return findings;
}

/** What the objects of each cluster show together. What is so in several is told once. */
export function checkClusters(views: readonly ClusterView[], rules = CLUSTER_RULES): Finding[] {
  const found = new Map<string, { finding: Finding; clusters: Set<string> }>();
  for (const view of views) {
    const index = new ClusterIndex(view);
    for (const rule of rules) {
      for (const { on, field, problem, remedy } of rule.check(index)) {
        const key = [rule.id, on.at, field, problem].join('\0');
        const former = found.get(key) ?? { finding: { on, field, problem, remedy, rule }, clusters: new Set() };
        found.set(key, former);
        former.clusters.add(view.name ?? '');
      }
    }
  }
  return [...found.values()].map(({ finding, clusters }) => (
    clusters.size < views.length && ![...clusters].includes('') ? { ...finding, clusters: [...clusters] } : finding
  ));
}
