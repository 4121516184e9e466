import { bareChain, bareDelivered, bareStock } from './bare-services';
import { Built } from './built';
import { writeFloor } from './floor';
import { nodezoo, nodezooBranches } from './nodezoo-services';
import { plusDelivered, plusStock } from './plus-services';
import { watchSeams } from './seams';

// One process, one app: `node synth.js <program> <services> <output folder> [seams]`. It prints what it measured as JSON.

const synth = ({ app }: Built) => app.synth();

const programs: { [name: string]: [(count: number, outdir: string) => Built, (built: Built, outdir: string) => void] } = {
  'bare-stock': [bareStock, synth],
  'bare-delivered': [bareDelivered, synth],
  'bare-chain': [bareChain, synth],
  'plus-stock': [plusStock, synth],
  'plus-delivered': [plusDelivered, synth],
  'nodezoo': [nodezoo, synth],
  'nodezoo-floor': [nodezoo, writeFloor],
  'nodezoo-branches': [nodezooBranches, synth],
};

async function main([program, count, outdir, watched]: string[]): Promise<void> {
  const [build, finish] = programs[program];
  const loaded = performance.now(); // since the process began
  const built = build(Number(count), outdir);
  const constructed = performance.now();
  const seams = watched ? watchSeams(built.app) : undefined;
  const started = performance.now();
  finish(built, outdir);
  const finished = performance.now();
  const { user, system } = process.cpuUsage();
  const processor = (user + system) / 1000;
  process.stdout.write(JSON.stringify({
    load: loaded,
    construct: constructed - loaded,
    synth: finished - started,
    processor,
    seams: await seams?.stop(),
    peak: process.resourceUsage().maxRSS * 1024,
  }));
}

void main(process.argv.slice(2));
