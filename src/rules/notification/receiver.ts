import { ObjectRule } from '../rule';
import { celComplaints } from '../shared/cel-complaints';
import { fieldsOf, isGiven, mapsOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';

const SOURCE = 'notification-controller';

/** Types that look at the kind of an event, and those that do not; a type that is in neither is not known. */
const WITH_EVENTS = ['github', 'gitlab', 'bitbucket', 'cdevents'];
const WITHOUT_EVENTS = ['generic', 'generic-hmac', 'generic-oidc', 'harbor', 'dockerhub', 'quay', 'gcr', 'nexus', 'acr'];

/** Kinds of which the controller knows no version by itself. */
const VERSION_NEEDED = ['Kustomization', 'HelmRelease', 'ImagePolicy', 'ImageUpdateAutomation', 'ExternalArtifact'];

/** Rules for Receiver. */
export const receiverRules: readonly ObjectRule[] = [
  {
    id: 'receiver-events-not-read',
    severity: 'error',
    summary: `Only the types ${WITH_EVENTS.join(', ')} read events; all others let every event through`,
    source: SOURCE,
    kinds: ['Receiver'],
    *check({ type, events }) {
      if (WITHOUT_EVENTS.includes(type) && Array.isArray(events) && events.length > 0) {
        yield {
          field: 'spec.events',
          problem: `type '${type}' does not read it, and lets every event through`,
          remedy: "Leave it out, or say it in 'resourceFilter'",
        };
      }
    },
  },
  {
    id: 'receiver-all-without-labels',
    severity: 'error',
    summary: "The name '*' needs matchLabels",
    source: SOURCE,
    kinds: ['Receiver'],
    *check({ resources }) {
      for (const [index, { name, matchLabels }] of mapsOf(resources).entries()) {
        if (name === '*' && !isGiven(matchLabels)) {
          yield {
            field: `spec.resources[${index}].matchLabels`,
            problem: "Flux takes name '*' only beside 'matchLabels'",
            remedy: "Give labels, '{}' for all of the kind, or name one object",
          };
        }
      }
    },
  },
  {
    id: 'receiver-labels-not-read',
    severity: 'error',
    summary: "The matchLabels of a resource count only beside name '*'",
    source: SOURCE,
    kinds: ['Receiver'],
    *check({ resources }) {
      for (const [index, { name, matchLabels }] of mapsOf(resources).entries()) {
        if (typeof name === 'string' && name !== '*' && Object.keys(fieldsOf(matchLabels)).length > 0) {
          yield {
            field: `spec.resources[${index}].matchLabels`,
            problem: 'Flux does not read it beside the name of one object',
            remedy: "Leave it out, or write '*' for the name",
          };
        }
      }
    },
  },
  {
    id: 'receiver-labels',
    severity: 'error',
    summary: 'A resource whose matchLabels are no labels matches nothing',
    source: SOURCE,
    kinds: ['Receiver'],
    *check({ resources }) {
      for (const [index, { matchLabels }] of mapsOf(resources).entries()) {
        yield* labelSelectorComplaints({ matchLabels }, `spec.resources[${index}]`);
      }
    },
  },
  {
    id: 'receiver-without-version',
    severity: 'error',
    summary: `A resource of ${VERSION_NEEDED.join(', ')} needs its apiVersion`,
    source: SOURCE,
    kinds: ['Receiver'],
    *check({ resources }) {
      for (const [index, { kind, apiVersion }] of mapsOf(resources).entries()) {
        if (typeof kind === 'string' && VERSION_NEEDED.includes(kind) && !apiVersion) {
          yield { field: `spec.resources[${index}].apiVersion`, problem: `Flux knows no version of ${kind} here by itself`, remedy: "Give the 'apiVersion'" };
        }
      }
    },
  },
  {
    id: 'receiver-expression',
    severity: 'error',
    summary: 'The fields resourceFilter and filter, and the expressions of oidcProviders must be CEL expressions',
    source: SOURCE,
    kinds: ['Receiver'],
    *check(spec) {
      yield* celComplaints('spec.resourceFilter', spec.resourceFilter);
      for (const [index, { filter }] of mapsOf(spec.resources).entries()) {
        yield* celComplaints(`spec.resources[${index}].filter`, filter);
      }
      for (const [index, provider] of mapsOf(spec.oidcProviders).entries()) {
        for (const list of ['variables', 'validations']) {
          for (const [place, { expression }] of mapsOf(provider[list]).entries()) {
            yield* celComplaints(`spec.oidcProviders[${index}].${list}[${place}].expression`, expression, true);
          }
        }
      }
    },
  },
];
