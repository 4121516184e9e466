import { ObjectRule } from '../rule';
import { fieldsOf, isGiven, isSettled, quoted, settledTextOf, textOf } from '../shared/json';
import { goPattern } from '../shared/regular-expression';

const SOURCE = 'image-reflector-controller';

/** As the controller asks for them. */
const CHOICES = ['semver', 'alphabetical', 'numerical'];

/** A reference to a group in the replacement text of a regular expression of Go; `$$` is a dollar. */
const REFERENCE = /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

const VARIABLE = /\$\{([A-Za-z_]\w*)/g;

/** Rules for ImagePolicy. */
export const imagePolicyRules: readonly ObjectRule[] = [
  {
    id: 'image-policy-choice',
    severity: 'error',
    summary: 'An ImagePolicy chooses a tag in one way; of several the controller takes the first of semver, alphabetical, numerical',
    source: SOURCE,
    kinds: ['ImagePolicy'],
    *check(spec) {
      const { policy: given } = fieldsOf(spec);
      const policy = fieldsOf(given);
      const [chosen, ...ignored] = CHOICES.filter((name) => isGiven(policy[name]));
      if (given === policy && !chosen) {
        yield { field: 'spec.policy', problem: 'it says no way to choose a tag', remedy: "Give one of 'semver', 'alphabetical', 'numerical'" };
      } else if (ignored.length) {
        yield {
          field: 'spec.policy',
          problem: `beside '${chosen}' Flux ignores ${ignored.map((name) => `'${name}'`).join(', ')}`,
          remedy: 'Leave the one that is meant',
        };
      }
    },
  },
  {
    id: 'image-policy-filter-pattern',
    severity: 'error',
    summary: 'The pattern by which an ImagePolicy filters tags is a regular expression of Go',
    source: SOURCE,
    kinds: ['ImagePolicy'],
    *check(spec) {
      const { problem } = goPattern(settledTextOf(fieldsOf(fieldsOf(spec).filterTags).pattern));
      if (problem) {
        yield {
          field: 'spec.filterTags.pattern',
          problem: `Flux refuses the regular expression: ${problem}`,
          remedy: 'Write it in the syntax of RE2',
        };
      }
    },
  },
  {
    id: 'image-policy-filter-extract',
    severity: 'error',
    summary: 'What an ImagePolicy extracts from tags are groups of its pattern; any other leaves nothing to compare',
    source: SOURCE,
    kinds: ['ImagePolicy'],
    *check(spec) {
      const filter = fieldsOf(fieldsOf(spec).filterTags);
      const extract = textOf(filter.extract);
      if (extract === '') {
        return;
      }
      const field = 'spec.filterTags.extract';
      const pattern = textOf(filter.pattern);
      if (pattern === '') {
        yield { field, problem: "there is no 'pattern' whose groups it could name", remedy: "Give 'pattern', with a group in it" };
        return;
      }
      const { groups, problem } = goPattern(pattern);
      // In braces it may be a variable, in whose place kustomize-controller puts a group.
      if (problem || !isSettled(pattern) || [...extract.matchAll(VARIABLE)].some(([, name]) => !groups.has(name))) {
        return;
      }
      const references = [...extract.matchAll(REFERENCE)].map(([, braced, bare]) => braced ?? bare).filter((name) => name !== undefined);
      const unknown = references.find((name) => !groups.has(name));
      if (unknown !== undefined) {
        yield {
          field,
          problem: `the pattern has no group ${quoted(unknown)}, in whose place Flux puts nothing`,
          remedy: "Name a group of the pattern; write '${name}' where a letter, a digit or '_' follows",
        };
      } else if (references.length === 0) {
        yield {
          field,
          problem: 'it names no group of the pattern, so that all tags become the same',
          remedy: "Write '$1', or '$name' for a group '(?P<name>...)'",
        };
      }
    },
  },
];
