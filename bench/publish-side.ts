import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { Command, run } from './process';
import { Sample, Side } from './side';
import { inFolder, Place } from './synth-side';

const ROOT = path.resolve(__dirname, '..');
const SCRIPTS = path.join(__dirname, 'publish');

/** How many branches are published, and how often in a turn. */
export interface PublishProgram {
  readonly name: string;
  readonly branches: number;
  readonly turn: number;
}

/** A run's own bare repository, and what is to be published to it. */
interface Publication {
  readonly rendered: string;
  readonly repository: string;
  readonly folder: string;
}

/** The command of this package. */
export function commandSide(place: Place, program: PublishProgram): Side {
  return publishSide(place, program, [withGitCalls, withMemory], ({ rendered, repository }) => [
    process.execPath, path.join(ROOT, 'lib', 'cli', 'main.js'), 'publish', rendered, '--remote', `manifests=${repository}`,
  ]);
}

/** The script that a team writes. */
export function scriptSide(place: Place, program: PublishProgram): Side {
  return publishSide(place, program, [withMemory], ({ rendered, repository, folder }) => [
    'bash', path.join(SCRIPTS, 'each-branch.sh'), repository, path.join(rendered, 'manifests'), path.join(folder, 'clone'),
  ]);
}

type Watch = (command: Command, folder: string) => Promise<Sample>;

// Each watch has a run of its own: noting the calls of git takes memory.
function publishSide(
  place: Place, { name, branches, turn }: PublishProgram, watches: Watch[], argvOf: (publication: Publication) => string[],
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
    const rendered = await renderOnce(place, branches);
    return inFolder(place, async (folder) => {
      const repository = path.join(folder, 'manifests.git');
      execFileSync('git', ['init', '--quiet', '--bare', repository], { env: environment(folder) });
      const result = await watch({ argv: argvOf({ rendered, repository, folder }), cwd: folder, env: environment(folder) }, folder);
      checkPublished(repository, branches);
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

async function renderOnce({ programs, temporary }: Place, branches: number): Promise<string> {
  const rendered = path.join(temporary, `rendered-${branches}`);
  if (!fs.existsSync(rendered)) {
    await run({ argv: [process.execPath, path.join(programs, 'synth.js'), 'nodezoo-branches', String(branches), rendered] });
  }
  return rendered;
}

/** Git as it comes, whatever the user has configured: hooks, signatures and helpers would be measured too. */
function environment(folder: string): NodeJS.ProcessEnv {
  const config = path.join(folder, 'gitconfig');
  fs.writeFileSync(config, '[user]\n\tname = bench\n\temail = bench@example.com\n');
  return { ...process.env, HOME: folder, GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' };
}

function checkPublished(repository: string, branches: number): void {
  const git = (...args: string[]) => execFileSync('git', ['--git-dir', repository, ...args], { encoding: 'utf8' }).split('\n').filter(Boolean);
  const heads = git('for-each-ref', '--format=%(refname:short)', 'refs/heads');
  const files = git('ls-tree', '-r', '--name-only', heads[heads.length - 1]);
  if (heads.length !== branches || !files.includes('kustomization.yaml') || !files.includes(`${heads[heads.length - 1]}.k8s.yaml`)) {
    throw new Error(`${heads.length} of ${branches} branches were published; the last one holds ${files.join(', ')}`);
  }
}
