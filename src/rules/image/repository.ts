import { ObjectRule } from '../rule';
import { fieldsOf, isNamed, isSettled, listOf, mapsOf, settledTextOf } from '../shared/json';
import { labelSelectorComplaints } from '../shared/label-selector';
import { goPattern } from '../shared/regular-expression';

const SOURCE = 'image-reflector-controller';
const PATH = /^[a-z0-9_\-./]{2,255}$/;

/** Rules for ImageRepository. */
export const imageRepositoryRules: readonly ObjectRule[] = [
  {
    id: 'image-repository-image',
    severity: 'error',
    summary: "An ImageRepository's image is the name of a repository: without scheme, tag and digest",
    source: SOURCE,
    kinds: ['ImageRepository'],
    *check(spec) {
      const wrong = imageProblem(fieldsOf(spec).image);
      if (wrong) {
        yield { field: 'spec.image', ...wrong };
      }
    },
  },
  {
    id: 'image-repository-ignored-secret',
    severity: 'warning',
    summary: "An ImageRepository that logs in as a cloud's workload identity does not read the Secret with a registry login",
    source: SOURCE,
    kinds: ['ImageRepository'],
    *check(spec) {
      const { provider, secretRef } = fieldsOf(spec);
      if (['aws', 'azure', 'gcp'].includes(provider as string) && isNamed(secretRef)) {
        yield {
          field: 'spec.secretRef',
          problem: `with provider '${provider}' Flux does not read it`,
          remedy: "Leave it out, or set provider 'generic'",
        };
      }
    },
  },
  {
    id: 'image-repository-exclusion-pattern',
    severity: 'error',
    summary: 'What an ImageRepository excludes are regular expressions of Go',
    source: SOURCE,
    kinds: ['ImageRepository'],
    *check(spec) {
      for (const [index, pattern] of listOf(fieldsOf(spec).exclusionList).entries()) {
        const { problem } = goPattern(settledTextOf(pattern));
        if (problem) {
          yield {
            field: `spec.exclusionList[${index}]`,
            problem: `Flux refuses the regular expression: ${problem}`,
            remedy: 'Write it in the syntax of RE2',
          };
        }
      }
    },
  },
  {
    id: 'image-repository-access-labels',
    severity: 'error',
    summary: 'An ImageRepository opens itself to namespaces by labels that a namespace can have',
    source: SOURCE,
    kinds: ['ImageRepository'],
    *check(spec) {
      for (const [index, { matchLabels }] of mapsOf(fieldsOf(fieldsOf(spec).accessFrom).namespaceSelectors).entries()) {
        yield* labelSelectorComplaints({ matchLabels }, `spec.accessFrom.namespaceSelectors[${index}]`);
      }
    },
  },
];

/** The image itself is not repeated: what is wrong with it may be a password. */
function imageProblem(image: unknown): { problem: string; remedy: string } | undefined {
  if (typeof image !== 'string' || !isSettled(image)) {
    return undefined;
  }
  if (image.includes('://')) {
    return { problem: 'it begins with a scheme', remedy: "Write it without, such as 'registry.example.com/team/app'" };
  }
  const slash = image.indexOf('/');
  const path = /[.:]/.test(image.slice(0, Math.max(slash, 0))) ? image.slice(slash + 1) : image;
  if (path.includes('@')) {
    return { problem: 'it has a digest', remedy: 'Name the repository alone: an ImagePolicy chooses among its tags' };
  }
  if (path.includes(':')) {
    return { problem: 'it has a tag', remedy: 'Name the repository alone: an ImagePolicy chooses among its tags' };
  }
  return PATH.test(path) ? undefined : {
    problem: 'it is not the name of an image repository',
    remedy: "Write lower-case letters, digits, '-', '_', '.' and '/', after the registry's host if there is one",
  };
}
