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
    options: { only: { type: 'string', default: '' }, minutes: { type: 'string', default: '120' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(`npm run trials -- [name[:rounds] ...] [--only KIND] [--minutes N]\n\n${TRIALS.map(({ name, what, rounds }) => `${name.padEnd(9)} ${what} (${rounds} rounds)`).join('\n')}`);
    return 0;
  }
  const minutes = wholeNumber('--minutes', values.minutes);
  ['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, () => {
    World.removeAll();
    process.exit(FAILED);
  }));
  const failures: string[] = [];
  for (const { trial, rounds } of chosen(positionals)) {
    const start = Date.now();
    const say = (line: string) => void process.stderr.write(`${line}\n`);
    const result = await trial.run({ rounds, only: values.only, end: start + minutes * 60_000, say });
    console.log(`${trial.name}: ${trial.what} (${Math.round((Date.now() - start) / 1000)} s)\n${result.lines.join('\n')}\n`);
    failures.push(...result.failures.map((failure) => `${trial.name}: ${failure}`));
  }
  failures.forEach((failure) => console.log(`FAILED ${failure}`));
  console.log(failures.length ? `${failures.length} failures` : 'nothing lost, nothing failed');
  return failures.length ? LOST : 0;
}

/** By what was asked for: `name`, or `name:rounds`. */
function chosen(names: string[]): { trial: Trial; rounds: number }[] {
  return (names.length ? names : TRIALS.map(({ name }) => name)).map((text) => {
    const [name, rounds] = text.split(':');
    const trial = TRIALS.find((one) => one.name === name);
    if (!trial) {
      throw new Error(`there is no trial '${name}'. Choose from ${TRIALS.map((one) => one.name).join(', ')}.`);
    }
    return { trial, rounds: rounds === undefined ? trial.rounds : wholeNumber(text, rounds) };
  });
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
