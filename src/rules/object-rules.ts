import { helmRules } from './helm';
import { imageRules } from './image';
import { kustomizeRules } from './kustomize';
import { notificationRules } from './notification';
import { reconcilerRules } from './reconcilers';
import { Complaint, ObjectRule } from './rule';
import { sourceRules } from './source';

/** The rules that look at one object of a Flux kind. */
export const OBJECT_RULES: readonly ObjectRule[] = [
  ...sourceRules, ...reconcilerRules, ...kustomizeRules, ...helmRules, ...imageRules, ...notificationRules,
];

const BY_KIND = new Map<string, ObjectRule[]>();
for (const rule of OBJECT_RULES) {
  for (const kind of rule.kinds) {
    BY_KIND.set(kind, [...BY_KIND.get(kind) ?? [], rule]);
  }
}

/** What the rules say of an object of a Flux kind. */
export function* checkObject(object: any): Iterable<Complaint & { readonly rule: ObjectRule }> {
  for (const rule of BY_KIND.get(object.kind) ?? []) {
    for (const complaint of rule.check(object.spec ?? {}, object)) {
      yield { ...complaint, rule };
    }
  }
}
