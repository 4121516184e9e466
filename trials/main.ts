import { parseArgs } from 'util';
import { crash } from './crash';
import { faults } from './faults';
import { killed } from './kill';
import { together } from './together';
import { Trial } from './trial';
import { World } from './world';

// What is tried and what it shows stands in README.md.

const TRIALS: Trial[] = [together, killed, crash, faults];
const LOST = 1;
const FAILED = 2;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: { type: 'string' }, only: { type: 'string', default: '' }, minutes: { type: 'string', default: '120' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(`npm run trials -- [name ...] [--only KIND] [--rounds N] [--minutes N]\n\n${TRIALS.map(({ name, what, rounds }) => `${name.padEnd(9)} ${what} (${rounds} rounds)`).join('\n')}`);
    return 0;
  }
  const unknown = positionals.find((name) => !TRIALS.some((trial) => trial.name === name));
  if (unknown !== undefined) {
    throw new Error(`there is no trial '${unknown}'. Choose from ${TRIALS.map(({ name }) => name).join(', ')}.`);
  }
  const rounds = values.rounds === undefined ? undefined : wholeNumber('--rounds', values.rounds);
  const minutes = wholeNumber('--minutes', values.minutes);
  ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => {
    World.removeAll();
    process.exit(FAILED);
  }));
  const failures: string[] = [];
  for (const trial of TRIALS.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
    const start = Date.now();
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const result = await trial.run({ rounds: rounds ?? trial.rounds, only: values.only, end: start + minutes * 60_000, say });
    console.log(`${trial.name}: ${trial.what} (${Math.round((Date.now() - start) / 1000)} s)\n${result.lines.join('\n')}\n`);
    failures.push(...result.failures.map((failure) => `${trial.name}: ${failure}`));
  }
  failures.forEach((failure) => console.log(`FAILED ${failure}`));
  console.log(failures.length ? `${failures.length} failures` : 'nothing lost, nothing failed');
  return failures.length ? LOST : 0;
}

function wholeNumber(option: string, text: string): number {
  const number = Number(text);
  if (!(Number.isInteger(number) && number > 0)) {
    throw new Error(`${option} ${text}: give a whole number above 0`);
  }
  return number;
}

main().then((code) => process.exitCode = code, (error) => {
  console.error(`trials: ${(error as Error).message}`);
  process.exitCode = FAILED;
});
