import { isSettled, textOf } from '../shared/json';

/** What is said to be the source of a rule that both controllers have. */
export const BOTH = 'kustomize-controller, helm-controller';

/** Kustomization and HelmRelease: the kinds that apply other objects. */
export const RECONCILERS = ['Kustomization', 'HelmRelease'];

/** A text that is there, and can be judged. */
export function knownText(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && isSettled(text) ? text : undefined;
}
