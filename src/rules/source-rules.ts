import { ObjectRule } from './rule';
import { artifactGeneratorRules } from './source/artifact-generator-rules';
import { bucketRules } from './source/bucket-rules';
import { gitRules } from './source/git-rules';
import { helmChartRules } from './source/helm-chart-rules';
import { helmRepositoryRules } from './source/helm-repository-rules';
import { registryRules } from './source/registry-rules';
import { signatureRules } from './source/signature-rules';

/** Rules for the kinds of source-controller and source-watcher. */
export const sourceRules: readonly ObjectRule[] = [
  ...gitRules, ...registryRules, ...bucketRules, ...helmRepositoryRules, ...helmChartRules, ...artifactGeneratorRules, ...signatureRules,
];
