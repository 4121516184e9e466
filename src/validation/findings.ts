import { AcknowledgedManifest } from '../manifest';
import { describeObject, Finding, formatFinding } from '../rules';

/** What the rules say of a render, in words. */
export interface Verdict {
  readonly errors: string[];
  /** Those that nobody acknowledged. */
  readonly warnings: string[];
  /** Those that somebody acknowledged, sorted. */
  readonly acknowledged: AcknowledgedManifest[];
}

/**
 * Tells errors from warnings, and warnings from those that were acknowledged.
 *
 * @param reasons why warnings are acknowledged, by rule, by the path of the construct at which they are
 */
export function verdictOn(findings: readonly Finding[], reasons: ReadonlyMap<string, ReadonlyMap<string, string>>): Verdict {
  const reasonOf = ({ rule, on: { at } }: Finding): string | undefined => {
    for (let path = at; reasons.size; path = path.slice(0, Math.max(path.lastIndexOf('/'), 0))) {
      const reason = reasons.get(path)?.get(rule.id);
      if (reason !== undefined || !path) {
        return reason;
      }
    }
    return undefined;
  };
  const warnings: string[] = [];
  const acknowledged = new Map<string, AcknowledgedManifest>();
  for (const finding of findings.filter(({ rule }) => rule.severity === 'warning')) {
    const reason = reasonOf(finding);
    if (reason === undefined) {
      warnings.push(formatFinding(finding));
    } else {
      const object = describeObject(finding.on.object);
      acknowledged.set(`${finding.rule.id}\0${object}`, { rule: finding.rule.id, object, reason });
    }
  }
  return {
    errors: findings.filter(({ rule }) => rule.severity === 'error').map(formatFinding),
    warnings,
    acknowledged: [...acknowledged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry),
  };
}
