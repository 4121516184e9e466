import { OWNERSHIP_FILE } from '../../manifest';
import { groupOf } from '../../rules';
import { markedFile } from '../images/marked-file';
import { placeOf } from '../images/place';
import { isClusterScoped, isKustomizeFile, isMap, objectsOf } from '../validate/objects';
import { SourceDocument, SourceFile, Token } from '../validate/yaml-file';

/** An object of a file. */
export interface FileObject {
  /** `Kind.group namespace/name`, as in `delivery.json`. */
  readonly id: string;
  readonly object: any;
  readonly file: string;
  /** The policy that sets what stands at a path of the object. */
  readonly markerAt: (path: readonly Token[]) => string | undefined;
}

/** A file of a branch, as far as it can be read. */
export interface ObjectFile {
  readonly objects: readonly FileObject[];
  /** Documents of kustomize itself. */
  readonly builds: readonly any[];
  /** What is no object: a text, a file of something else, or what cannot be read. */
  readonly hasMore: boolean;
  /** Where and why it cannot be read; it does not cite the file. */
  readonly problem?: string;
}

const NO_OBJECTS: ObjectFile = { objects: [], builds: [], hasMore: true };

/** Reads the objects of a file; whatever stands there, it fails at nothing. */
export function readObjects(path: string, content: Buffer): ObjectFile {
  if (!/\.ya?ml$/i.test(path) && !/(^|\/)Kustomization$/.test(path)) {
    return NO_OBJECTS;
  }
  const text = content.toString('utf8');
  if (!Buffer.from(text).equals(content)) {
    return { ...NO_OBJECTS, problem: 'is not UTF-8' };
  }
  const file = new SourceFile(path, path, text, 'whole');
  const builds = file.documents.map(({ value }) => value).filter(isKustomizeFile);
  const objects = objectsOf(file).filter(({ object }) => typeof object.metadata?.name === 'string').map(({ document, prefix, object }) => ({
    id: objectId(object), object, file: path, markerAt: markersBelow(document, prefix),
  }));
  const [problem] = file.problems;
  const isNoObject = (document: SourceDocument) => document.value !== null && !isKustomizeFile(document.value) && !isWhole(document, objects);
  return {
    objects,
    builds,
    hasMore: file.problems.length > 0 || file.documents.some(isNoObject),
    problem: problem && `cannot be read: line ${file.position(problem.offset).line}: ${problem.problem}`,
  };
}

/** Whether a file is our own record, of which people need not be told. */
export function isRecord(path: string): boolean {
  return path === OWNERSHIP_FILE || path.endsWith(`/${OWNERSHIP_FILE}`);
}

/** `Kind.group namespace/name`; without what is not there. */
export function objectId(object: any): string {
  const group = groupOf(object.apiVersion);
  const { name, namespace } = object.metadata;
  return `${object.kind}${group ? `.${group}` : ''} ${typeof namespace === 'string' && namespace && !isClusterScoped(object) ? `${namespace}/` : ''}${name}`;
}

/** Whether all of a document is objects that were found. */
function isWhole({ value }: SourceDocument, objects: readonly FileObject[]): boolean {
  const items = isMap(value) && Array.isArray(value.items) && String(value.kind).endsWith('List') ? value.items : [value];
  return items.every((item: unknown) => objects.some(({ object }) => object === item));
}

function markersBelow({ text, value }: SourceDocument, prefix: readonly Token[]): FileObject['markerAt'] {
  let policies: Map<string, string> | undefined;
  const place = placeOf(value, 0);
  return (path) => {
    policies ??= new Map([...markedFile(Buffer.from(text))?.markers.values() ?? []].map((marker) => [marker.place, marker.policy]));
    return policies.size ? policies.get(place([...prefix, ...path])) : undefined;
  };
}
