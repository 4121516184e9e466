import { admission } from './admission';
import { automation } from './automation';
import { crds } from './crds';
import { differential } from './differential';
import { failure } from './failure';
import { fleet } from './fleet';
import { immutable } from './immutable';
import { isolation } from './isolation';
import { kinds } from './kinds';
import { moving } from './moving';
import { names } from './names';
import { namespaces } from './namespaces';
import { nodezoo } from './nodezoo';
import { order } from './order';
import { prune } from './prune';
import { readiness } from './readiness';
import { removal } from './removal';
import { rollback } from './rollback';
import { sops } from './sops';
import { together } from './together';
import { update } from './update';
import { Scenario } from '../scenario';

/** All scenarios. Each stands for itself, so that any of them can be run alone. The longest come first. */
export const scenarios: Scenario[] = [
  isolation, namespaces, order, differential, automation, together, kinds, moving, rollback, nodezoo, update, prune, removal,
  failure, readiness, sops, names, crds, immutable, admission, fleet,
];
