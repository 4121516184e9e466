import { Finding, formatFinding } from '../rules';

/** What the rules say of a render, in words. */
export interface Verdict {
  readonly errors: string[];
  /** Those that nobody acknowledged. */
  readonly warnings: string[];
}

/**
 * Tells errors from warnings, and leaves out warnings that were acknowledged.
 *
 * @param acknowledged rules whose warnings are acknowledged, by the path of the construct at which they are
 */
export function verdictOn(findings: readonly Finding[], acknowledged: ReadonlyMap<string, ReadonlySet<string>>): Verdict {
  const isAcknowledged = ({ rule, on: { at } }: Finding): boolean => {
    if (acknowledged.size === 0) {
      return false;
    }
    for (let path = at; ; path = path.slice(0, Math.max(path.lastIndexOf('/'), 0))) {
      if (acknowledged.get(path)?.has(rule.id)) {
        return true;
      }
      if (!path) {
        return false;
      }
    }
  };
  return {
    errors: findings.filter(({ rule }) => rule.severity === 'error').map(formatFinding),
    warnings: findings.filter((finding) => finding.rule.severity === 'warning' && !isAcknowledged(finding)).map(formatFinding),
  };
}
