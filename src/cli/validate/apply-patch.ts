import { Build, BuiltObject } from './build';
import { isFlux, isMap } from './objects';
import { hasDirectives, holds, jsonPatched, merged, PatchTarget, pointer, selects } from './patch';
import { SourceDocument, Token } from './yaml-file';
import { groupOf } from '../../rules';

/** A patch, and whom it is meant for. */
export interface Patch {
  readonly target?: PatchTarget;
  readonly content: unknown;
  readonly document: SourceDocument;
  readonly prefix: readonly Token[];
  readonly isInline: boolean;
}

/** Applies a patch to the objects that it is meant for. */
export function applyPatch(build: Build, patch: Patch): Build {
  const { content, document, prefix, isInline } = patch;
  const isJson = Array.isArray(content);
  const target = patch.target ?? (isMap(content) ? ownTarget(content) : undefined);
  if (!target || !isJson && !isMap(content)) {
    return build;
  }
  const objects = build.objects.flatMap((built): BuiltObject[] => {
    const { object } = built;
    if (!isMap(object.metadata) || !selects(target, object, originalName(built))) {
      return [built];
    } else if (!isJson && content.$patch === 'delete') {
      return [];
    } else if (target.labelSelector || target.annotationSelector || !isFlux(object) || !isJson && hasDirectives(content)) {
      return [{ ...built, partly: `a patch of ${document.file.shown}` }];
    }
    const result = isJson ? jsonPatched(object, content) : mergedObject(object, content);
    const sets = (path: readonly Token[]) => isJson ? setsByPointer(content, path) : holds(content, path);
    return [result === undefined ? { ...built, partly: `a patch of ${document.file.shown}` } : {
      ...built, object: result, patches: [...built.patches, { document, prefix, isTransparent: !isInline && !isJson, sets }],
    }];
  });
  return { ...build, objects };
}

/** A patch names the object in its first fields, and that is not what it changes. */
function mergedObject(object: any, patch: any): any {
  const { apiVersion, kind, metadata: { name, namespace } } = object;
  const result = merged(object, patch);
  return { ...result, apiVersion, kind, metadata: { ...result.metadata, name, ...namespace === undefined ? {} : { namespace } } };
}

function setsByPointer(operations: any[], path: readonly Token[]): boolean {
  return operations.some((operation) => {
    const set = pointer(operation?.path) ?? [];
    return set.length > 0 && set.every((part, index) => String(path[index]) === part);
  });
}

/** A patch without a target is meant for the object that it names itself. */
function ownTarget(patch: any): PatchTarget | undefined {
  const group = groupOf(patch.apiVersion);
  const { name, namespace } = isMap(patch.metadata) ? patch.metadata : {} as any;
  return typeof patch.kind !== 'string' ? undefined : { group, kind: patch.kind, name: literal(name), namespace: literal(namespace) };
}

function literal(text: unknown): string | undefined {
  return typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : undefined;
}

/** The name that the object's own file gives it. */
function originalName({ document, prefix }: BuiltObject): unknown {
  const object: any = prefix.reduce<any>((value, token) => value?.[token], document.value);
  return object?.metadata?.name;
}
