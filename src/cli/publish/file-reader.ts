import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'fs';

/** Of memory that files share, in bytes. */
const PIECE = 256 * 1024;
/** Files above that get memory of their own. */
const LARGEST = 32 * 1024;
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK = 0 } = constants;
/** Fails at a symbolic link, and does not wait for who would write to a pipe; Windows knows neither. */
const PLAIN = O_RDONLY + (O_NOFOLLOW ?? 0) + O_NONBLOCK;

/**
 * Reads the plain files below a folder, none of them through a symbolic link. They are many and small: memory of its own for each takes
 * longer than reading it.
 */
export class FileReader {
  private piece = Buffer.alloc(0);
  /** That are known to be no links. */
  private readonly folders = new Set(['']);

  constructor(private readonly root: string) {}

  /**
   * Reads a file, by its path in the folder.
   *
   * @throws Error if that is not possible
   */
  public read(path: string): Buffer {
    this.requireFolder(folderOf(path));
    const file = `${this.root}/${path}`;
    if (O_NOFOLLOW === undefined && lstatSync(file).isSymbolicLink()) {
      throw new Error('is a symbolic link');
    }
    const descriptor = openSync(file, PLAIN);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) {
        throw new Error('is not a file');
      }
      return stats.size > LARGEST ? readFileSync(descriptor) : this.readSmall(stats.size, descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  private requireFolder(path: string): void {
    if (!this.folders.has(path)) {
      this.requireFolder(folderOf(path));
      if (!lstatSync(`${this.root}/${path}`).isDirectory()) {
        throw new Error(`'${path}' is not a directory`);
      }
      this.folders.add(path);
    }
  }

  private readSmall(size: number, descriptor: number): Buffer {
    if (size > this.piece.length) {
      this.piece = Buffer.allocUnsafeSlow(PIECE);
    }
    let read = 0;
    // It may have been cut since.
    for (let more = 1; more > 0 && read < size; read += more) {
      more = readSync(descriptor, this.piece, read, size - read, null);
    }
    const content = this.piece.subarray(0, read);
    this.piece = this.piece.subarray(read);
    return content;
  }
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
