import { ChildProcess, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

/** The command of this package. */
export const MAIN = path.join(__dirname, '..', 'lib', 'cli', 'main.js');

/** A program to be run and measured. */
export interface Command {
  readonly argv: string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a run was like. */
export interface Run {
  /** From the start of the process to its end, in milliseconds. */
  readonly wall: number;
  readonly stdout: string;
  /** The most memory that the process and all below it had at one moment, in bytes; only if it was to be watched. */
  readonly peak?: number;
}

const running = new Set<ChildProcess>();

/** Runs a program to its end. */
export async function run({ argv, cwd, env }: Command, watchMemory = false): Promise<Run> {
  const start = performance.now();
  const child = spawn(argv[0], argv.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const memory = watchMemory ? watchTree(child.pid!) : undefined;
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text) => stdout += text);
  child.stderr.on('data', (text) => stderr += text);
  const wall = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => resolve(performance.now() - start));
  });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  running.delete(child);
  const peak = memory?.stop();
  if (code !== 0) {
    throw new Error(`${argv.join(' ')} ended with ${code}:\n${stderr.slice(-2000)}${stdout.slice(-2000)}`);
  }
  return { wall: await wall, stdout, peak };
}

/** Ends what still runs. */
export function endAll(): void {
  running.forEach((child) => child.kill('SIGKILL'));
}

// No call tells the memory of a process and its children together, so /proc is read over and over.
function watchTree(root: number): { stop(): number | undefined } {
  let peak = 0;
  const timer = setInterval(() => peak = Math.max(peak, memoryOfTree(root)), 5);
  return {
    stop: () => {
      clearInterval(timer);
      return peak || undefined;
    },
  };
}

function memoryOfTree(root: number): number {
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  for (const entry of procEntries()) {
    try {
      const status = fs.readFileSync(`/proc/${entry}/status`, 'utf8');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      resident.set(Number(entry), Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024);
      children.set(parent, [...children.get(parent) ?? [], Number(entry)]);
    } catch {
      continue; // It ended while we looked.
    }
  }
  let sum = 0;
  for (const open = [root]; open.length;) {
    const pid = open.pop()!;
    sum += resident.get(pid) ?? 0;
    open.push(...children.get(pid) ?? []);
  }
  return sum;
}

function procEntries(): string[] {
  try {
    return fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  } catch {
    return []; // Not Linux.
  }
}
