import { dump, FAILSAFE_SCHEMA } from 'js-yaml';
import { fromStandIns } from './yaml-blocks';
import { LineComment, withComments } from './yaml-comments';
import { kubernetesScalar } from './yaml-scalars';
import { jsonValues } from './yaml-values';

export type { LineComment } from './yaml-comments';
export { YamlValueError } from './yaml-values';

// js-yaml puts in quotes what one of its types would read as something else. Kubernetes knows more of that kind, so one type
// of ours takes the place of js-yaml's.
const schema = FAILSAFE_SCHEMA.extend({ implicit: [kubernetesScalar] });

/**
 * Writes values as YAML documents, so that kubectl and kustomize read the same values back.
 *
 * Values are taken as by `JSON.stringify`: an `undefined` field is left out, an `undefined` element becomes null, and
 * `toJSON` is called. Unlike there, whatever would be lost silently (NaN, a function, a Map) is an error, and so is text
 * that a kustomize build would lose or change.
 *
 * Flux's image automation rewrites the files in which it updates an image. All that is ordinary it leaves as it is written
 * here: lists are indented, there is no `---` before the first document, strings are quoted and escaped as it would do.
 * It keeps the value but not the form of keys with line breaks or of more than 128 bytes, and of blocks of lines with
 * blanks at the end of a line or characters beyond the basic plane, which stay blocks here to be readable. It drops
 * empty annotations.
 *
 * @param comments what is to stand behind values; js-yaml knows no comments
 * @throws YamlValueError if a value cannot be carried
 */
export function toYaml(documents: readonly unknown[], comments: readonly LineComment[] = []): string {
  return documents.map((document, index) => {
    const yaml = toDocument(document ?? null, index);
    const own = comments.length ? comments.filter((comment) => comment.document === index) : comments;
    return own.length ? withComments(yaml, own) : yaml;
  }).join('---\n');
}

function toDocument(document: unknown, index: number): string {
  const yaml = dump(document, {
    schema,
    replacer: jsonValues(index),
    quotingType: '"',
    lineWidth: -1,
    noRefs: true,
    noCompatMode: true, // What it would quote for the sake of old parsers, our type has quoted.
  });
  return fromStandIns(yaml);
}
