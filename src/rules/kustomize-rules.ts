import { pathRules } from './kustomize/paths';
import { postBuildRules } from './kustomize/post-build';
import { waitingRules } from './kustomize/waiting';
import { ObjectRule } from './rule';

/** Rules for the kinds of kustomize-controller. */
export const kustomizeRules: readonly ObjectRule[] = [...waitingRules, ...pathRules, ...postBuildRules];
