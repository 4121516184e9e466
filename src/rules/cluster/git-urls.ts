import { ClusterRule } from './cluster-rule';
import { canonicalGitUrl, withoutUserInfo } from '../../git';

/** One repository under two URLs. */
export const twoSpellings: ClusterRule = {
  id: 'two-spellings',
  severity: 'warning',
  summary: 'Two GitRepositories spell the URL of one repository differently',
  source: 'what goes by URL, such as a webhook or an ownership record, takes them for two repositories',
  *check(cluster) {
    const first = new Map<string, { url: string; at: string }>();
    const told = new Set<string>();
    for (const on of cluster.flux) {
      const url = on.kind === 'GitRepository' ? on.object.spec?.url : undefined;
      if (typeof url !== 'string') {
        continue;
      }
      const canonical = canonicalGitUrl(url);
      const former = first.get(canonical);
      if (!former) {
        first.set(canonical, { url, at: on.at });
      } else if (former.url !== url && !told.has(url)) {
        told.add(url);
        yield { on, field: 'spec.url', problem: `'${shown(url)}' is the repository that '${former.at}' spells '${shown(former.url)}'`, remedy: 'Spell it alike in both places' };
      }
    }
  },
};

/** Without what may be a password. */
function shown(url: string): string {
  return withoutUserInfo(url) ?? '***';
}
