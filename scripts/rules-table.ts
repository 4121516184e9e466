import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_RULES, Rule } from '../src/rules';

const FILE = join(__dirname, '..', 'docs', 'rules.md');

/** Writes the list of all rules into docs/rules.md, in the place of the one that is there. */
const table = ['error', 'warning'].map((severity) => [
  `### ${severity === 'error' ? 'Errors' : 'Warnings'}`,
  '',
  '| rule | what goes wrong | who behaves so |',
  '|---|---|---|',
  ...ALL_RULES.filter((rule) => rule.severity === severity).map(row),
  '',
].join('\n')).join('\n');
const [before, , after] = readFileSync(FILE, 'utf8').split(/(?<=<!-- begin -->\n)|(?=<!-- end -->)/);
writeFileSync(FILE, `${before}\n${table}\n${after}`);

function row({ id, summary, source }: Rule): string {
  return `| \`${id}\` | ${summary} | ${source} |`;
}
