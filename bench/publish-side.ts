import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Command, MAIN, run } from './process';
import { contentOf, PublishScene } from './publish-scenes';
import { Sample, Side } from './side';
import { inFolder, Place } from './synth-side';

const SCRIPTS = path.join(__dirname, 'publish');

/** What is published, and how often in a turn. */
export interface PublishProgram {
  readonly name: string;
  readonly scene: PublishScene;
  readonly turn: number;
}

/** A publication that a program is to make. */
interface Publication {
  readonly repository: string;
  /** An empty folder of its own. */
  readonly folder: string;
}

/** The command of this package. */
export function commandSide(place: Place, program: PublishProgram): Side {
  return publishSide(place, program, [withGitCalls, withMemory], async ({ repository }) => [
    process.execPath, MAIN, 'publish', await program.scene.rendered(place), '--remote', `manifests=${repository}`,
  ]);
}

/** A script of `publish/`, which is given what was rendered; or with `whole` also what ours adds to it, so that both write the same. */
export function scriptSide(place: Place, program: PublishProgram, script: string, { whole = false } = {}): Side {
  return publishSide(place, program, [withMemory], async ({ repository, folder }) => [
    'bash', path.join(SCRIPTS, script), repository, await given(place, program, whole), path.join(folder, 'clone'),
  ]);
}

/** A program of `programs/`, likewise. */
export function programSide(place: Place, program: PublishProgram, script: string): Side {
  return publishSide(place, program, [withMemory], async ({ repository, folder }) => [
    process.execPath, path.join(place.programs, script), repository, await given(place, program, true), path.join(folder, 'clone'),
  ]);
}

async function given(place: Place, { scene }: PublishProgram, whole: boolean): Promise<string> {
  return whole ? contentOf(place, scene) : path.join(await scene.rendered(place), 'manifests');
}

type Watch = (command: Command, folder: string) => Promise<Sample>;

// Each watch has a run of its own: noting the calls of git takes memory.
function publishSide(
  place: Place, { name, scene, turn }: PublishProgram, watches: Watch[], argvOf: (publication: Publication) => Promise<string[]>,
): Side {
  return {
    name,
    turn,
    measure: () => publish(timed),
    inspect: async () => {
      let all: Sample = { times: {} };
      for (const watch of watches) {
        all = { ...all, ...await publish(watch) };
      }
      return all;
    },
  };

  async function publish(watch: Watch): Promise<Sample> {
    return inFolder(place, async (folder) => {
      const repository = path.join(folder, 'manifests.git');
      await scene.remote(place, repository);
      const result = await watch({ argv: await argvOf({ repository, folder }), cwd: folder, env: environment(folder) }, folder);
      scene.check(repository);
      return result;
    });
  }
}

async function timed(command: Command): Promise<Sample> {
  return { times: { 'whole process': (await run(command)).wall } };
}

async function withMemory(command: Command): Promise<Sample> {
  return { times: {}, peak: (await run(command, true)).peak };
}

async function withGitCalls(command: Command, folder: string): Promise<Sample> {
  const log = path.join(folder, 'git.log');
  const bin = path.join(folder, 'bin');
  fs.mkdirSync(bin);
  fs.symlinkSync(path.join(SCRIPTS, 'timed-git.sh'), path.join(bin, 'git'));
  const git = execFileSync('bash', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const { wall } = await run({
    ...command, env: { ...command.env, PATH: `${bin}${path.delimiter}${process.env.PATH}`, BENCH_GIT: git, BENCH_GIT_LOG: log },
  });
  return { times: {}, phases: phasesOf(fs.readFileSync(log, 'utf8'), wall) };
}

/** Time by subcommand, and the time in which no git ran. */
function phasesOf(log: string, wall: number): { [phase: string]: number } {
  const calls = log.trim().split('\n').map((line) => line.split(' ')).map(([name, start, end]) => ({ name, start: Number(start) * 1000, end: Number(end) * 1000 }));
  const phases: { [phase: string]: number } = {};
  let free = wall;
  let until = 0;
  for (const { name, start, end } of calls.sort((a, b) => a.start - b.start)) {
    phases[`git ${name}`] = (phases[`git ${name}`] ?? 0) + end - start;
    free -= Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return { ...phases, 'outside of git': free };
}

/** Git as it comes, whatever the user has configured: hooks, signatures and helpers would be measured too. */
function environment(folder: string): NodeJS.ProcessEnv {
  const config = path.join(folder, 'gitconfig');
  fs.writeFileSync(config, '[user]\n\tname = bench\n\temail = bench@example.com\n');
  return { ...process.env, HOME: folder, GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' };
}
