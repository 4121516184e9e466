import { checkObject } from '../../src/rules';

/** What the rules say of a `spec`, as messages put it: `<rule> (<severity>) <field>: <problem>. <remedy>.` */
export function said(kind: string, spec: any): string[] {
  return [...checkObject({ kind, metadata: { name: 'shop', namespace: 'flux-system' }, spec })].map(
    ({ rule, field, problem, remedy }) => `${rule.id} (${rule.severity}) ${field}: ${problem}. ${remedy}.`,
  );
}
