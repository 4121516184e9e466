import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { Case, cases } from './cases';
import { compilePrograms } from './compile';
import { CaseResult, measure } from './measure';
import { endAll } from './process';
import { describe, summarize } from './report';
import { temporaryRoot } from './temp';

// Measures what README.md says; what the figures mean stands there.

const MISSED = 1;
const FAILED = 2;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { pairs: { type: 'string', default: '3' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const { folder: temporary, inMemory } = temporaryRoot();
  // Also at the end by Ctrl-C: tens of thousands of files in memory.
  process.on('exit', () => fs.rmSync(temporary, { recursive: true, force: true }));
  ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => {
    endAll();
    process.exit(FAILED);
  }));

  const all = cases({ programs: compilePrograms(), temporary });
  if (values.help) {
    console.log(`npm run bench -- [case ...] [--pairs N] [--json]\n\n${all.map(({ name, what }) => `${name.padEnd(8)} ${what}`).join('\n')}`);
    return 0;
  }
  const chosen = choose(all, positionals);
  const pairs = Number(values.pairs);
  if (!(Number.isInteger(pairs) && pairs > 0)) {
    throw new Error(`--pairs ${values.pairs}: give a whole number above 0`);
  }
  expectCompiled();

  const machine = { node: process.version, cpu: os.cpus()[0]?.model ?? 'unknown', cores: os.cpus().length, load: os.loadavg()[0], inMemory };
  const say = values.json ? () => undefined : (text: string) => console.log(text);
  say(`node ${machine.node}, ${machine.cores} x ${machine.cpu}, load ${machine.load.toFixed(1)}, files ${inMemory ? 'in memory' : 'on a disk'}\n`);
  const results: CaseResult[] = [];
  for (const subject of chosen) {
    const result = await measure(subject, pairs, (text) => process.stderr.write(`${text}\n`));
    results.push(result);
    say(`${describe(result)}\n`);
  }
  say(summarize(results));
  if (values.json) {
    const figures = results.map(({ case: { name, what, target }, ...rest }) => ({ name, what, target, ...rest }));
    console.log(JSON.stringify({ machine, cases: figures }, undefined, 2));
  }
  return results.every(({ met }) => met) ? 0 : MISSED;
}

function choose(all: Case[], names: string[]): Case[] {
  const unknown = names.find((name) => !all.some((subject) => subject.name === name));
  if (unknown !== undefined) {
    throw new Error(`there is no case '${unknown}'. Choose from ${all.map(({ name }) => name).join(', ')}.`);
  }
  return names.length ? all.filter(({ name }) => names.includes(name)) : all;
}

/** What is measured is what is built, not what stands in src/. */
function expectCompiled(): void {
  for (const file of ['index.js', 'cli/main.js']) {
    if (!fs.existsSync(path.join(__dirname, '..', 'lib', file))) {
      throw new Error(`lib/${file} is missing. Run: npx projen compile`);
    }
  }
}

main().then((code) => process.exitCode = code, (error) => {
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = FAILED;
});
