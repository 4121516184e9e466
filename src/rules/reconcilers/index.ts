import { dependsOnRules } from './depends-on';
import { healthCheckExprRules } from './health-check-exprs';
import { nameRules } from './names';
import { patchRules } from './patches';
import { readyExprRules } from './ready-expr';
import { ObjectRule } from '../rule';

/** Rules that Kustomization and HelmRelease have in common. */
export const reconcilerRules: readonly ObjectRule[] = [...nameRules, ...dependsOnRules, ...readyExprRules, ...healthCheckExprRules, ...patchRules];
