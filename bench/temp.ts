import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const MEMORY = '/dev/shm';
const TMPFS = 0x01021994;
/** The largest case writes 40,000 small files. */
const NEEDED = 1024 ** 3;

/** Where runs write: in memory where there is a file system for it, for a disk is noise. */
export function temporaryRoot(): { folder: string; inMemory: boolean } {
  const inMemory = hasMemory();
  return { folder: fs.mkdtempSync(path.join(inMemory ? MEMORY : os.tmpdir(), 'cdk8s-fluxcd-bench-')), inMemory };
}

function hasMemory(): boolean {
  try {
    fs.accessSync(MEMORY, fs.constants.W_OK);
    const { type, bavail, bsize } = fs.statfsSync(MEMORY);
    return type === TMPFS && bavail * bsize > NEEDED;
  } catch {
    return false;
  }
}
