import { readFileSync } from 'node:fs';

const PAUSE = 500;

/**
 * Calls back once the program that started this process, or the one before it, is gone. npm and the task runner between it and us do not
 * hand every signal on: without them, nobody is left to send one.
 */
export function onOrphaned(callback: () => void): void {
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== grandparent) {
      callback();
    }
  }, PAUSE).unref();
}

/** The parent of another process, where the system says so in a file. */
function parentOf(pid: number): string | undefined {
  try {
    return /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
