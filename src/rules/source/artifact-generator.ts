import { ObjectRule } from '../rule';
import { fieldsOf, mapsOf, quoted, textOf } from '../shared/json';

const KINDS = ['ArtifactGenerator'];
const SOURCE = 'source-watcher';

/** The alias that a path or reference begins with: `app` of `@app/deploy/**` and of `@app`. */
function aliasOf(value: unknown): string {
  return /^@([^/]*)/.exec(textOf(value))?.[1] ?? '';
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
function* references({ pathPattern, artifacts }: ReturnType<typeof fieldsOf>): Iterable<{ field: string; alias: string }> {
  yield { field: 'spec.pathPattern', alias: aliasOf(pathPattern) };
  for (const [i, { revision, originRevision, copy }] of mapsOf(artifacts).entries()) {
    yield { field: `spec.artifacts[${i}].revision`, alias: aliasOf(revision) };
    yield { field: `spec.artifacts[${i}].originRevision`, alias: aliasOf(originRevision) };
    for (const [j, { from }] of mapsOf(copy).entries()) {
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
    *check(spec) {
      const sources = mapsOf(fieldsOf(spec).sources).map(({ alias }) => textOf(alias));
      for (const index of repeated(sources)) {
        yield { field: `spec.sources[${index}].alias`, problem: `two sources have the alias ${quoted(sources[index])}`, remedy: 'Give each one of its own' };
      }
      const artifacts = mapsOf(fieldsOf(spec).artifacts).map(({ name }) => textOf(name));
      for (const index of repeated(artifacts)) {
        yield { field: `spec.artifacts[${index}].name`, problem: `two artifacts are called ${quoted(artifacts[index])}`, remedy: 'Give each a name of its own' };
      }
    },
  },
  {
    id: 'artifact-generator-alias',
    severity: 'error',
    summary: 'A path or revision of a source that is not among the sources',
    source: SOURCE,
    kinds: KINDS,
    *check(spec) {
      const aliases = new Set(mapsOf(fieldsOf(spec).sources).map(({ alias }) => textOf(alias)));
      const known = [...aliases].filter((alias) => alias !== '').slice(0, 5).map((alias) => `${quoted(`@${alias}`)}`).join(', ');
      for (const { field, alias } of references(fieldsOf(spec))) {
        if (alias !== '' && !alias.includes('${') && !aliases.has(alias)) {
          yield { field, problem: `no source has the alias ${quoted(alias)}`, remedy: known ? `Write one of ${known}, or add the source` : 'Add the source' };
        }
      }
    },
  },
];
