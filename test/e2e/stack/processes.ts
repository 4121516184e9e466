import { ChildProcess, spawn, SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

export interface Program {
  readonly name: string;
  readonly path: string;
}

/** All processes of a run. Each is the head of a group of its own, so that only `endAll` decides when it ends, with all its children. */
export class Processes {
  /** Told when a process ends that should have stayed. */
  public onDeath?: (reason: string) => void;
  private readonly running = new Set<ChildProcess>();
  private over = false;

  constructor(private readonly logs: string) {}

  /** Where a process that stays writes what it has to say. */
  public log(name: string): string {
    return join(this.logs, `${name}.log`);
  }

  /** Starts a process that stays. */
  public start({ name, path }: Program, args: string[], options: SpawnOptions = {}): void {
    const log = openSync(this.log(name), 'w');
    const child = this.spawn(path, args, { ...options, stdio: ['ignore', log, log] });
    closeSync(log);
    child.on('exit', (code, signal) => this.over || this.onDeath?.(`${name} ended with ${code ?? signal}. Its log: ${this.log(name)}`));
  }

  /**
   * Runs a process to its end.
   *
   * @throws if it does not end well, with the end of what it said
   */
  public async finish(what: string, path: string, args: string[], options: SpawnOptions = {}): Promise<string> {
    const child = this.spawn(path, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout!.on('data', (chunk) => output.push(chunk));
    child.stderr!.on('data', (chunk) => output.push(chunk));
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.on('error', (error) => reject(new Error(`${what}: ${error.message}. Install ${path}, or put it on the PATH.`)));
      child.on('close', (...ended) => resolve(ended));
    });
    if (code !== 0) {
      throw new Error(`${what} ended with ${code ?? signal}:\n${Buffer.concat(output).toString().slice(-3000)}`);
    }
    return Buffer.concat(output).toString();
  }

  /** Runs a process to its end, with what it says shown. Returns its exit code. */
  public async show(path: string, args: string[], options: SpawnOptions): Promise<number> {
    const child = this.spawn(path, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
  }

  /** Ends all that still runs, at once: nothing here keeps anything that is worth a farewell. */
  public async endAll(): Promise<void> {
    this.over = true;
    await Promise.all([...this.running].map(async (child) => {
      const gone = new Promise((resolve) => child.on('exit', resolve));
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        return; // It ended in between.
      }
      await gone;
    }));
  }

  private spawn(path: string, args: string[], options: SpawnOptions): ChildProcess {
    if (this.over) {
      throw new Error(`${path} was not started: the run is over`);
    }
    const child = spawn(path, args, { ...options, detached: true });
    if (child.pid !== undefined) {
      this.running.add(child);
      child.on('exit', () => this.running.delete(child));
    }
    return child;
  }
}
