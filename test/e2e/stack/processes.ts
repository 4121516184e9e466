import { ChildProcess, spawn, SpawnOptions } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
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

  /** What a process that stays has said last. */
  public endOfLog(name: string): string {
    return readFileSync(this.log(name), 'utf8').trimEnd().split('\n').slice(-5).join('\n');
  }

  /** Starts a process that stays. */
  public start({ name, path }: Program, args: string[], options: SpawnOptions = {}): void {
    const log = openSync(this.log(name), 'w');
    const child = this.spawn(path, args, { ...options, stdio: ['ignore', log, log] });
    closeSync(log);
    child.on('error', (error) => this.onDeath?.(`${name} did not start: ${error.message}`));
    child.on('exit', (code, signal) => this.over || this.onDeath?.(`${name} ended with ${code ?? signal}:\n${this.endOfLog(name)}`));
  }

  /**
   * Runs a process to its end. Returns what it wrote to its standard output.
   *
   * @throws if it does not end well, with the end of what it said
   */
  public async finish(what: string, path: string, args: string[], options: SpawnOptions = {}): Promise<string> {
    const child = this.spawn(path, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const [output, errors] = [child.stdout!, child.stderr!].map((stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      return () => Buffer.concat(chunks).toString();
    });
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      child.on('error', (error) => reject(new Error(`${what}: ${error.message}. Install ${path}, or put it on the PATH.`)));
      child.on('close', (...ended) => resolve(ended));
    });
    if (code !== 0) {
      throw new Error(`${what} ended with ${code ?? signal}:\n${(output() + errors()).slice(-3000)}`);
    }
    return output();
  }

  /** Runs a process to its end, with what it says shown. Returns its exit code. */
  public async show(path: string, args: string[], options: SpawnOptions): Promise<number> {
    const child = this.spawn(path, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    });
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
