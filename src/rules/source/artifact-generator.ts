import { fields, list, shown, text } from './json';
import { Complaint, ObjectRule } from '../rule';

const KINDS = ['ArtifactGenerator'];
const SOURCE = 'source-watcher';

/** The alias that a path or reference begins with: `app` of `@app/deploy/**` and of `@app`. */
function aliasOf(value: unknown): string {
  return /^@([^/]*)/.exec(text(value))?.[1] ?? '';
}

function* repeated(values: readonly string[]): Iterable<number> {
  const seen = new Set<string>();
  for (const [index, value] of values.entries()) {
    if (value !== '' && seen.has(value)) {
      yield index;
    }
    seen.add(value);
  }
}

/** Every place that names an alias. */
function* references({ pathPattern, artifacts }: ReturnType<typeof fields>): Iterable<{ field: string; alias: string }> {
  yield { field: 'spec.pathPattern', alias: aliasOf(pathPattern) };
  for (const [i, { revision, originRevision, copy }] of list(artifacts).entries()) {
    yield { field: `spec.artifacts[${i}].revision`, alias: aliasOf(revision) };
    yield { field: `spec.artifacts[${i}].originRevision`, alias: aliasOf(originRevision) };
    for (const [j, { from }] of list(copy).entries()) {
      yield { field: `spec.artifacts[${i}].copy[${j}].from`, alias: aliasOf(from) };
    }
  }
}

/** Rules for ArtifactGenerator. */
export const artifactGeneratorRules: readonly ObjectRule[] = [
  {
    id: 'artifact-generator-twice',
    severity: 'error',
    summary: 'Two sources of one alias, or two artifacts of one name: source-watcher refuses the object',
    source: SOURCE,
    kinds: KINDS,
    *check(spec): Iterable<Complaint> {
      const sources = list(fields(spec).sources).map(({ alias }) => text(alias));
      for (const index of repeated(sources)) {
        yield { field: `spec.sources[${index}].alias`, problem: `two sources have the alias '${shown(sources[index])}'`, remedy: 'Give each one of its own' };
      }
      const artifacts = list(fields(spec).artifacts).map(({ name }) => text(name));
      for (const index of repeated(artifacts)) {
        yield { field: `spec.artifacts[${index}].name`, problem: `two artifacts are called '${shown(artifacts[index])}'`, remedy: 'Give each a name of its own' };
      }
    },
  },
  {
    id: 'artifact-generator-alias',
    severity: 'error',
    summary: 'A path or revision of a source that is not among the sources',
    source: SOURCE,
    kinds: KINDS,
    *check(spec): Iterable<Complaint> {
      const aliases = new Set(list(fields(spec).sources).map(({ alias }) => text(alias)));
      const known = [...aliases].filter((alias) => alias !== '').slice(0, 5).map((alias) => `'@${shown(alias)}'`).join(', ');
      for (const { field, alias } of references(fields(spec))) {
        if (alias !== '' && !alias.includes('${') && !aliases.has(alias)) {
          yield { field, problem: `no source has the alias '${shown(alias)}'`, remedy: known ? `Write one of ${known}, or add the source` : 'Add the source' };
        }
      }
    },
  },
];
