import { Complaint, ObjectRule } from '../rule';
import { celComplaints } from '../shared/cel-complaints';
import { fieldsOf, itemsOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';

const SOURCE = 'notification-controller';

/** Types that look at the kind of an event, and those that do not; a type that is in neither is not known. */
const WITH_EVENTS = ['github', 'gitlab', 'bitbucket', 'cdevents'];
const WITHOUT_EVENTS = ['generic', 'generic-hmac', 'generic-oidc', 'harbor', 'dockerhub', 'quay', 'gcr', 'nexus', 'acr'];

/** Kinds of which the controller knows no version by itself. */
const VERSION_NEEDED = ['Kustomization', 'HelmRelease', 'ImagePolicy', 'ImageUpdateAutomation', 'ExternalArtifact'];

/** Rules for Receiver. */
export const receiverRules: readonly ObjectRule[] = [
  rule('receiver-events-not-read', `Only the types ${WITH_EVENTS.join(', ')} read events; all others let every event through`, function* ({ type, events }) {
    if (WITHOUT_EVENTS.includes(type) && Array.isArray(events) && events.length > 0) {
      yield {
        field: 'spec.events',
        problem: `type '${type}' does not read it, and lets every event through`,
        remedy: "Leave it out, or say it in 'resourceFilter'",
      };
    }
  }),
  rule('receiver-all-without-labels', "The name '*' needs matchLabels", function* ({ resources }) {
    for (const [index, resource] of itemsOf(resources).entries()) {
      const { name, matchLabels } = fieldsOf(resource);
      if (name === '*' && (matchLabels === undefined || matchLabels === null)) {
        yield { field: `spec.resources[${index}].matchLabels`, problem: "Flux takes name '*' only with labels", remedy: "Give 'matchLabels', or name one object" };
      }
    }
  }),
  rule('receiver-labels-not-read', "The matchLabels of a resource count only beside name '*'", function* ({ resources }) {
    for (const [index, resource] of itemsOf(resources).entries()) {
      const { name, matchLabels } = fieldsOf(resource);
      if (typeof name === 'string' && name !== '*' && Object.keys(fieldsOf(matchLabels)).length > 0) {
        yield {
          field: `spec.resources[${index}].matchLabels`,
          problem: 'Flux does not read it beside the name of one object',
          remedy: "Leave it out, or write '*' for the name",
        };
      }
    }
  }),
  rule('receiver-labels', 'A resource whose matchLabels are no labels matches nothing', function* ({ resources }) {
    for (const [index, resource] of itemsOf(resources).entries()) {
      yield* labelSelectorComplaints({ matchLabels: fieldsOf(resource).matchLabels }, `spec.resources[${index}]`);
    }
  }),
  rule('receiver-without-version', `A resource of ${VERSION_NEEDED.join(', ')} needs its apiVersion`, function* ({ resources }) {
    for (const [index, resource] of itemsOf(resources).entries()) {
      const { kind, apiVersion } = fieldsOf(resource);
      if (typeof kind === 'string' && VERSION_NEEDED.includes(kind) && !apiVersion) {
        yield { field: `spec.resources[${index}].apiVersion`, problem: `Flux knows no version of ${kind} here by itself`, remedy: "Give the 'apiVersion'" };
      }
    }
  }),
  rule('receiver-expression', 'The fields resourceFilter and filter, and the expressions of oidcProviders must be CEL expressions', function* (spec) {
    yield* celComplaints('spec.resourceFilter', spec.resourceFilter);
    for (const [index, resource] of itemsOf(spec.resources).entries()) {
      yield* celComplaints(`spec.resources[${index}].filter`, fieldsOf(resource).filter);
    }
    for (const [index, provider] of itemsOf(spec.oidcProviders).entries()) {
      for (const list of ['variables', 'validations']) {
        for (const [place, item] of itemsOf(fieldsOf(provider)[list]).entries()) {
          yield* celComplaints(`spec.oidcProviders[${index}].${list}[${place}].expression`, fieldsOf(item).expression, true);
        }
      }
    }
  }),
];

function rule(id: string, summary: string, check: (spec: any) => Iterable<Complaint>): ObjectRule {
  return { id, severity: 'error', summary, source: SOURCE, kinds: ['Receiver'], check };
}
