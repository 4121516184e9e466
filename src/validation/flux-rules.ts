import { IConstruct } from 'constructs';
import { constructError } from '../format';
import { ALL_RULES } from '../rules';

const ACKNOWLEDGED = Symbol.for('cdk8s-fluxcd.acknowledged');

/** The rules that a FluxApp checks when it is rendered; docs/rules.md lists them. */
export class FluxRules {
  /**
   * Says that a warning about a construct, or about anything below it, is known, and not to be printed again.
   *
   * @param construct the construct that the warning names, or one that holds it
   * @param rule id of the rule, which the warning ends with, such as `missing-namespace`
   * @param reason why it is no mistake here
   * @throws if there is no such rule, it is an error, which cannot be acknowledged, or the reason is empty
   */
  public static acknowledge(construct: IConstruct, rule: string, reason: string): void {
    const known = ALL_RULES.find(({ id }) => id === rule);
    if (known?.severity !== 'warning') {
      const warnings = ALL_RULES.filter(({ severity }) => severity === 'warning').map(({ id }) => id);
      throw constructError(
        construct,
        known ? `'${rule}' is an error, which cannot be acknowledged` : `there is no rule '${rule}'`,
        known ? 'Mend what it complains of' : `Name one of ${warnings.join(', ')}`,
      );
    }
    if (!reason?.trim()) {
      throw constructError(construct, `'${rule}' is acknowledged for no reason`, 'Say why it is no mistake here');
    }
    Object.defineProperty(construct, ACKNOWLEDGED, { value: new Map([...acknowledgedAt(construct), [rule, reason]]), configurable: true });
  }

  private constructor() {}
}

/** The rules whose warnings about a construct are acknowledged at the construct itself, each with the reason. */
export function acknowledgedAt(construct: IConstruct): ReadonlyMap<string, string> {
  return (construct as any)[ACKNOWLEDGED] ?? new Map();
}
