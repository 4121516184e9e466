import { ObjectRule } from '../rule';
import { artifactGeneratorRules } from './artifact-generator';
import { bucketRules } from './bucket';
import { gitRules } from './git-repository';
import { helmChartRules } from './helm-chart';
import { helmRepositoryRules } from './helm-repository';
import { registryRules } from './registry';
import { semverRules } from './semver-range';
import { signatureRules } from './signature';

/** Rules for the kinds of source-controller and source-watcher. */
export const sourceRules: readonly ObjectRule[] = [
  ...gitRules, ...registryRules, ...bucketRules, ...helmRepositoryRules, ...helmChartRules, ...artifactGeneratorRules, ...signatureRules,
  ...semverRules,
];
