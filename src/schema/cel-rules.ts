import { createRequire } from 'module';
import { isMap } from './completed';
import { CelRule, Schema } from './kinds';

/** A rule that a value breaks. */
export interface BrokenRule extends CelRule {
  /** Where the value is: keys of maps, and numbers of list entries. */
  readonly place: readonly (string | number)[];
  readonly self: any;
  /** Fields of `self` that the rule is about. */
  readonly fields: readonly string[];
  /** Why it could not be evaluated, in the words of the evaluator. */
  readonly failure?: string;
}

type Judge = (self: any) => true | { readonly failure?: string };

/** The rules of a schema and of what is in it; nothing where there are none. */
interface Rules {
  readonly here: readonly (CelRule & { readonly fields: readonly string[]; readonly judge: Judge })[];
  readonly fields: readonly [string, Rules][];
  readonly values?: Rules;
  readonly items?: Rules;
}

/** A function that says which rules in CEL a value breaks. A value that has been completed must be given. */
export function celRules(schema: Schema): (value: any) => readonly BrokenRule[] {
  const rules = rulesOf(schema);
  return (value) => {
    const broken: BrokenRule[] = [];
    if (rules) {
      collect(value, rules, [], broken);
    }
    return broken;
  };
}

function rulesOf(schema: Schema): Rules | undefined {
  const rules = {
    here: (schema['x-kubernetes-validations'] ?? []).map((rule) => ({ ...rule, fields: fieldsOf(rule.rule), judge: judge(rule.rule) })),
    fields: Object.entries(schema.properties ?? {}).flatMap(([name, inner]): [string, Rules][] => {
      const below = rulesOf(inner);
      return below ? [[name, below]] : [];
    }),
    values: isMap(schema.additionalProperties) ? rulesOf(schema.additionalProperties) : undefined,
    items: schema.items && rulesOf(schema.items),
  };
  return rules.here.length || rules.fields.length || rules.values || rules.items ? rules : undefined;
}

function fieldsOf(rule: string): string[] {
  return [...new Set([...rule.matchAll(/\bself\.(\w+)/g)].map(([, field]) => field))];
}

function collect(value: any, { here, fields, values, items }: Rules, place: readonly (string | number)[], broken: BrokenRule[]): void {
  for (const { judge: judged, ...rule } of value === null ? [] : here) {
    const judgement = judged(value);
    if (judgement !== true) {
      broken.push({ ...rule, place, self: value, ...judgement });
    }
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => items && collect(item, items, [...place, index], broken));
  } else if (isMap(value)) {
    fields.forEach(([name, below]) => Object.hasOwn(value, name) && collect(value[name], below, [...place, name], broken));
    Object.keys(values ? value : {}).forEach((key) => collect(value[key], values!, [...place, key], broken));
  }
}

function judge(rule: string): Judge {
  const exempt = exemptions(rule);
  let evaluate: ((bindings: any) => any) | undefined;
  return (self) => {
    if (isMap(self) && exempt.some((field) => !Object.hasOwn(self, field))) {
      return true;
    }
    const { celEnv, isCelError, parse, plan } = loadedCel();
    try {
      evaluate ??= plan(celEnv(), parse(rule));
      const result = evaluate({ self: celValue(self) });
      return result === true || { failure: isCelError(result) ? result.message : undefined };
    } catch (error) {
      // A value that is nested deeper than functions can be called.
      return { failure: (error as Error).message };
    }
  };
}

let cel: typeof import('@bufbuild/cel') | undefined;

function loadedCel(): typeof import('@bufbuild/cel') {
  // Loaded only here: it takes longer to load than all the rest of this room.
  return cel ??= createRequire(__filename)('@bufbuild/cel') as typeof import('@bufbuild/cel');
}

/**
 * Fields without which a rule holds, whatever else it says: `!has(self.field)` is one of several conditions of which one is enough. Most
 * objects need no more than that, and no evaluator of CEL.
 */
function exemptions(rule: string): string[] {
  let begun: string | undefined;
  const conditions = rule.split(' || ').flatMap((part) => {
    const condition: string = begun === undefined ? part : `${begun} || ${part}`;
    const isWhole = condition.split('(').length === condition.split(')').length && condition.split('\'').length % 2 === 1;
    begun = isWhole ? undefined : condition;
    return isWhole ? [condition] : [];
  });
  return /[?"\\]/.test(rule) || begun !== undefined ? [] : conditions.flatMap((condition) => /^!has\(self\.(\w+)\)$/.exec(condition)?.[1] ?? []);
}

/** Integers of JSON are integers to CEL as well. */
function celValue(value: any): any {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value)
    : Array.isArray(value) ? value.map(celValue)
      : isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, celValue(inner)])) : value;
}
