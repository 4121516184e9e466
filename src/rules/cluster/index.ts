import { appliedTwice } from './applied-twice';
import { ClusterRule } from './cluster-rule';
import { twoSpellings } from './git-urls';
import { automationWithoutPolicies } from './images';
import { missingNamespace, withoutNamespace } from './namespaces';
import { unprotectedData } from './pruning';
import { crossNamespaceReference, dependencyCycle, missingReference, missingSubject } from './reference-rules';
import { encryptedWithoutDecryption, unreadSecret } from './secrets';
import { brokenSubstitution } from './substitution';

/** The rules between the objects of one cluster. */
export const CLUSTER_RULES: readonly ClusterRule[] = [
  missingReference, missingSubject, crossNamespaceReference, dependencyCycle, appliedTwice, unprotectedData, missingNamespace, withoutNamespace,
  unreadSecret, encryptedWithoutDecryption, brokenSubstitution, twoSpellings, automationWithoutPolicies,
];

export { ClusterIndex } from './cluster-index';
export type { ClusterRule } from './cluster-rule';
