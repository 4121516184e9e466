import { pathRules } from './paths';
import { postBuildRules } from './post-build';
import { waitingRules } from './waiting';
import { ObjectRule } from '../rule';

/** Rules for the kinds of kustomize-controller. */
export const kustomizeRules: readonly ObjectRule[] = [...waitingRules, ...pathRules, ...postBuildRules];
