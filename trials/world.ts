import { ChildProcess, execFileSync } from 'child_process';
import { randomUUID } from 'crypto';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { setTimeout } from 'timers/promises';
import { Outcome, outcome, RunOptions, Scene } from '../test/cli/scene';
import { GitHttpServer, Intercept } from '../test/tools/git-http-server';

/** How a repository is reached: by its path, where git's receiver is a child of our own push, or through a server. */
export type Transport = 'file' | 'http';
export const TRANSPORTS: Transport[] = ['file', 'http'];

const MARK = 'CDK8S_FLUXCD_TRIAL_MARK';
const POLL = 5;
/** No process of a publish that was killed has any reason to stay longer. */
const QUIET_AFTER = 120_000;
/** A publish that takes longer hangs. */
const PATIENCE = 300_000;

/** Repositories, a server and a home for trials, and a mark on every process that is started in it. */
export class World {
  public static async open(): Promise<World> {
    const world = new World();
    world.server = await GitHttpServer.start({
      root: world.scene.folder,
      environment: { [MARK]: world.mark },
      intercept: async (request, response) => await world.intercept?.(request, response) ?? false,
    });
    return world;
  }

  /** Ends all that runs in any world, at once, for a harness that is to end itself. */
  public static removeAll(): void {
    World.all.forEach((world) => world.remove());
    processIds().filter((pid) => statOf(pid)[1] === String(process.pid)).forEach(kill);
  }

  private static readonly all = new Set<World>();

  public readonly scene = new Scene();
  /** What the server does before git sees a request. */
  public intercept?: Intercept;
  public server!: GitHttpServer;
  private readonly mark = randomUUID();

  private constructor() {
    this.scene.env[MARK] = this.mark;
    World.all.add(this);
  }

  public url(repository: string, transport: Transport): string {
    return transport === 'file' ? this.scene.path(repository) : this.server.url(repository);
  }

  /** A new commit of what is published, in the folder where publishes run. */
  public commitSource(): void {
    if (!existsSync(this.scene.path('work', '.git'))) {
      this.scene.git('work', 'init', '--quiet');
      this.scene.write('work/.git/info/exclude', '*');
    }
    this.scene.git('work', 'commit', '--quiet', '--allow-empty', '-m', 'another version');
  }

  /** A publish in a process group of its own, by the arguments after `publish`. */
  public start(args: string[], options: RunOptions = {}): ChildProcess {
    return this.scene.start(['publish', ...args], options, true);
  }

  /** Runs a publish to its end, whatever that is; one that hangs is killed, which shows in its code. */
  public async publish(args: string[], options: RunOptions = {}): Promise<Outcome> {
    return this.ended(this.start(args, options));
  }

  public async ended(child: ChildProcess): Promise<Outcome> {
    const result = outcome(child);
    const patience = new AbortController();
    void setTimeout(PATIENCE, undefined, { signal: patience.signal, ref: false }).then(() => kill(-child.pid!), () => undefined);
    return result.finally(() => patience.abort());
  }

  /**
   * Resolves when nothing that was started in this world runs any more: also not a push that goes on without us, nor what the
   * server has begun for one.
   *
   * @throws if something stays
   */
  public async quiet(): Promise<void> {
    const end = Date.now() + QUIET_AFTER;
    for (let running = this.processes(); running.length; running = running.filter(isRunning), running = running.length ? running : this.processes()) {
      if (Date.now() > end) {
        throw new Error(`still running after ${QUIET_AFTER / 1000} s: ${running.map((pid) => `${pid} (${commandOf(pid)})`).join(', ')}`);
      }
      await setTimeout(POLL);
    }
  }

  /** All that runs here, by pid. */
  public processes(): number[] {
    const mark = `${MARK}=${this.mark}`;
    return processIds().filter((pid) => fileOf(pid, 'environ').includes(mark));
  }

  /** A `git` before the real one on the PATH, a shell script that has the real one's path in `$GIT`. */
  public withGit(name: string, script: string): NodeJS.ProcessEnv {
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    this.scene.write(`${name}/git`, `#!/bin/sh\nGIT="${real}"\n${script}\nexec "$GIT" "$@"\n`, 0o755);
    return { PATH: `${this.scene.path(name)}:${this.scene.env.PATH}` };
  }

  public async close(): Promise<void> {
    this.remove();
    await this.server.close();
  }

  private remove(): void {
    // What is ended may have started something just before.
    for (let running = this.processes(); running.length; running = this.processes()) {
      running.forEach(kill);
    }
    this.scene.remove();
    World.all.delete(this);
  }
}

/** What a command line of `git` has to hold, for a shell `case`. */
export function subcommand(name: string): string {
  return `*" ${name} "*`;
}

/** SIGKILL to a process or, by a negative number, to a group; false if there is none. */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

/** What a process was started as. */
export function commandOf(pid: number): string {
  return fileOf(pid, 'cmdline').replaceAll('\0', ' ').trim();
}

/** The process group that a process is in, if it is not our own. */
export function groupOf(pid: number): number | undefined {
  const [own, its] = [process.pid, pid].map((one) => Number(statOf(one)[2]));
  return its && its !== own ? its : undefined;
}

function processIds(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
}

/** State, parent, group and so on: what follows the name in `stat`. */
function statOf(pid: number): string[] {
  return fileOf(pid, 'stat').replace(/^.*\) /s, '').split(' ');
}

function isRunning(pid: number): boolean {
  return fileOf(pid, 'environ') !== '';
}

/** Empty for a process that has ended, also one whose end nobody has noticed yet. */
function fileOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
