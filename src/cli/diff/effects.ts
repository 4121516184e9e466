import { Applier, appliesTheSame, isFluxKustomization, takesAllWithIt } from './appliers';
import { Effect, FieldChange } from './change';
import { FileObject } from './object-file';
import { hasSetting } from '../../rules';

/** What Flux makes of something. */
export interface Judgement {
  readonly effect: Effect;
  readonly notes: readonly string[];
}

/** An object where it was, or where it will be, and who applies it there. */
export interface Side {
  readonly object: FileObject;
  readonly appliers: readonly Applier[];
}

/** What becomes of the objects of what is deleted with its definition. */
const HOLDS: { readonly [kind: string]: string } = {
  Namespace: 'all that is in the namespace goes with it',
  CustomResourceDefinition: 'all objects of that kind go with it',
  PersistentVolumeClaim: "its data goes with it, unless the volume's reclaim policy is Retain",
};
/** Fields that decide which objects a Kustomization applies. */
const MOVES_ALL = ['spec.targetNamespace', 'spec.namePrefix', 'spec.nameSuffix', 'spec.path', 'spec.sourceRef'];

/** An object that comes. */
export function created(after: FileObject, appliers: readonly Applier[]): Judgement {
  return isLeftAlone(after) ? { effect: 'kept', notes: [LEFT_ALONE] } : { effect: 'applied', notes: waiting(appliers) };
}

/** An object that becomes another. */
export function changed(before: FileObject, after: FileObject, fields: readonly FieldChange[], appliers: readonly Applier[]): Judgement {
  if (isLeftAlone(after)) {
    return { effect: 'kept', notes: [LEFT_ALONE] };
  } else if (hasSetting(after.object, 'ssa', 'IfNotPresent')) {
    return { effect: 'kept', notes: ["Flux leaves it as it is: 'ssa: IfNotPresent'"] };
  }
  const immutable = fields.filter((field) => field.immutable !== undefined);
  const notes = [...isFluxKustomization(after.object) ? movingAll(fields) : [], ...waiting(appliers)];
  if (immutable.length === 0) {
    return { effect: 'applied', notes };
  }
  // Asked of the new object and of the one in the cluster: kustomize-controller, `shouldForceApply`.
  const isForced = [before, after].some(({ object }) => hasSetting(object, 'force', 'enabled'));
  if (isForced || appliers.length && appliers.every(({ forces }) => forces)) {
    const who = isForced ? "'kustomize.toolkit.fluxcd.io/force: enabled'" : `${named(appliers)} ${appliers.length > 1 ? 'have' : 'has'} 'force: true'`;
    return { effect: 'replaced', notes: [`Flux deletes it and makes it anew (${who})`, ...holding(after), ...notes] };
  }
  const [refusing, forcing] = [appliers.filter(({ forces }) => !forces), appliers.filter(({ forces }) => forces)];
  return {
    effect: 'refused',
    notes: [
      `Kubernetes refuses it, and ${refusing.length ? named(refusing) : 'its Kustomization'} fails${refusing.length ? '' : " unless it has 'force: true'"}; ` +
      "to have it deleted and made anew, annotate it with 'kustomize.toolkit.fluxcd.io/force: enabled'",
      ...forcing.length ? [`${named(forcing)} deletes it and makes it anew`] : [],
      ...notes,
    ],
  };
}

/** An object that goes; `fresh` are the objects that come at the same place. */
export function deleted(before: FileObject, fresh: readonly FileObject[], appliers: readonly Applier[]): Judgement {
  const setting = ['prune', 'reconcile'].find((name) => hasSetting(before.object, name, 'disabled')) ?? (hasSetting(before.object, 'ssa', 'Ignore') ? 'ssa' : undefined);
  if (setting) {
    return { effect: 'kept', notes: [`it stays in the cluster: '${setting}: ${setting === 'ssa' ? 'Ignore' : 'disabled'}'`] };
  }
  const [pruning, keeping] = [appliers.filter(({ prunes }) => prunes), appliers.filter(({ prunes }) => !prunes)];
  if (appliers.length && pruning.length === 0) {
    return { effect: 'kept', notes: [`it stays in the cluster: ${named(keeping)} ${keeping.length > 1 ? 'do' : 'does'} not prune`] };
  }
  return {
    effect: pruning.length ? 'pruned' : 'unknown',
    notes: [
      pruning.length ? `${named(pruning)} ${pruning.length > 1 ? 'prune' : 'prunes'} it` : "Flux deletes it if its Kustomization has 'prune: true'",
      ...keeping.length ? [`where ${named(keeping)} applied it, it stays`] : [],
      ...isFluxKustomization(before.object) ? withKustomization(before, fresh) : holding(before),
      ...waiting(pruning),
    ],
  };
}

/** An object that goes from one place to another. */
export function moved(from: Side, to: Side, fields: readonly FieldChange[]): Judgement {
  const [own, others] = [from.appliers, to.appliers];
  const there = changed(from.object, to.object, fields, others);
  const leaves = deleted(from.object, [], own);
  const isShared = own.length > 0 && own.every(({ name }) => others.some((other) => other.name === name));
  if (isShared || leaves.effect === 'kept') {
    return there;
  }
  return {
    effect: there.effect === 'applied' ? 'at risk' : there.effect,
    notes: [
      `${own.length ? named(own) : 'the Kustomization that drops it'} deletes it, unless ${others.length ? named(others) : 'the one that takes it'} has applied it before; ` +
      "to be safe, publish it once with 'kustomize.toolkit.fluxcd.io/prune: disabled' where it is",
      ...there.notes,
    ],
  };
}

const LEFT_ALONE = "Flux leaves it alone: 'reconcile: disabled' or 'ssa: Ignore'";

function isLeftAlone({ object }: FileObject): boolean {
  return hasSetting(object, 'reconcile', 'disabled') || hasSetting(object, 'ssa', 'Ignore');
}

function withKustomization(before: FileObject, fresh: readonly FileObject[]): string[] {
  const heir = fresh.find(({ object }) => isFluxKustomization(object) && appliesTheSame(before.object, object));
  const { spec } = before.object;
  return [
    takesAllWithIt(before.object) ? 'all that it applied is deleted with it'
      : `what it applied stays in the cluster (${spec?.suspend === true ? 'suspended' : spec?.deletionPolicy ? `deletionPolicy ${spec.deletionPolicy}` : 'it does not prune'})`,
    ...heir && takesAllWithIt(before.object) ? [
      `${heir.id.replace(/^\S+ /, 'Kustomization ')} applies the same: renamed, it makes anew what is deleted; to keep it, publish 'deletionPolicy: Orphan' first, then rename`,
    ] : [],
  ];
}

function movingAll(fields: readonly FieldChange[]): string[] {
  const field = fields.map((each) => each.field).find((each) => MOVES_ALL.some((name) => each === name || each.startsWith(`${name}.`)));
  return field ? [`with ${field} it applies other objects: those that it no longer finds it prunes, if it prunes`] : [];
}

function holding({ object }: FileObject): string[] {
  return Object.hasOwn(HOLDS, object.kind) ? [HOLDS[object.kind]] : [];
}

function waiting(appliers: readonly Applier[]): string[] {
  const suspended = appliers.filter(({ isSuspended }) => isSuspended);
  return suspended.length ? [`not before ${named(suspended)} is resumed`] : [];
}

function named(appliers: readonly Applier[]): string {
  return appliers.map(({ name }) => `Kustomization ${name}`).join(' and ');
}
