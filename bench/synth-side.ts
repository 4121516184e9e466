import * as fs from 'fs';
import * as path from 'path';
import { loadAll } from 'js-yaml';
import { Command, run } from './process';
import { Sample, Side } from './side';

const FEW = 3;

/** Where compiled programs are, and where runs may write. */
export interface Place {
  readonly programs: string;
  readonly temporary: string;
}

/** A program that renders an app of so many services. */
export interface SynthProgram {
  readonly name: string;
  readonly program: string;
  readonly count: number;
  readonly turn: number;
  /** Whether one more run, to see where the time goes, is worth its time. */
  readonly inspected: boolean;
}

/** An app rendered in a process of its own. */
export function synthSide(place: Place, { name, program, count, turn, inspected }: SynthProgram): Side {
  return {
    name,
    turn,
    measure: () => inFolder(place, (outdir) => sample(command(outdir, count))),
    inspect: inspected ? () => inFolder(place, (outdir) => sample(command(outdir, count, 'seams'))) : undefined,
    objects: () => inFolder(place, async (outdir) => {
      await run(command(outdir, FEW));
      return objectsIn(outdir);
    }),
  };

  function command(outdir: string, services: number, ...options: string[]): Command {
    return { argv: [process.execPath, path.join(place.programs, 'synth.js'), program, String(services), outdir, ...options] };
  }
}

/** Each run finds an empty folder, and leaves the memory that it fills to the next. */
export async function inFolder<T>({ temporary }: Place, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(temporary, 'run-'));
  try {
    return await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function sample(command: Command): Promise<Sample> {
  const { wall, stdout } = await run(command);
  const { load, construct, synth, processor, seams, peak } = JSON.parse(stdout);
  return {
    times: { 'construct + synth': construct + synth, 'synth alone': synth, 'whole process': wall, 'processor time': processor },
    peak,
    phases: seams && { 'node and modules': load, construct, ...seams, 'the rest of synth': synth - sum(seams) },
  };
}

function sum(seams: { [seam: string]: number }): number {
  return Object.entries(seams).reduce((total, [seam, time]) => (seam.startsWith('garbage') ? total : total + time), 0);
}

/** Everything but what only an app that delivers has: the Kustomization of its own directory, and kustomize's own files. */
function objectsIn(folder: string): unknown[] {
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.k8s\.yaml$|^\d+\.json$/.test(file))
    .flatMap((file) => loadAll(fs.readFileSync(path.join(folder, file), 'utf8')) as any[])
    .map((object) => ({ key: `${object.kind} ${object.metadata.name}`, object }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ object }) => object);
}
