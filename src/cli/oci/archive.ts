import { createRequire } from 'module';
import { promisify } from 'util';
import { pathProblem } from '../../manifest';

/** What of an archive is read at most. */
export interface ArchiveLimits {
  /** Bytes, unpacked. */
  readonly size: number;
  readonly files: number;
}

/** An archive that is not unpacked; the message goes after the name of an artifact. */
export class BadArchiveError extends Error {}

// In the header of a gzip file the system that wrote it; 255 is "unknown".
const GZIP_SYSTEM = 9;

/** A tar archive of plain files that is the same wherever and whenever it is made: sorted, mode 0644, of nobody, of 1970. */
export async function tarOf(files: Iterable<readonly [path: string, content: Buffer]>): Promise<Buffer> {
  const { pack }: typeof import('tar-stream') = createRequire(__filename)('tar-stream');
  const archive = pack();
  const chunks: Buffer[] = [];
  archive.on('data', (chunk) => void chunks.push(chunk as Buffer));
  const ended = new Promise<void>((resolve, reject) => {
    archive.on('end', resolve);
    archive.on('error', reject);
  });
  for (const [name, content] of [...files].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) {
    archive.entry({ name, type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) }, content);
  }
  archive.finalize();
  await ended;
  return Buffer.concat(chunks);
}

/** The same on every system with the same zlib: node writes no time, and the name of the system is taken out. */
export async function gzipOf(content: Buffer): Promise<Buffer> {
  const { gzip }: typeof import('zlib') = createRequire(__filename)('zlib');
  const zipped: Buffer = await promisify(gzip)(content);
  zipped[GZIP_SYSTEM] = 255;
  return zipped;
}

/**
 * Reads an archive that anybody may have made: its plain files by path.
 *
 * @throws BadArchiveError if it holds links, devices, paths that lead out of it, twice the same path, or more than allowed
 */
export async function filesOf(zipped: Buffer, limits: ArchiveLimits): Promise<Map<string, Buffer>> {
  const { gunzip }: typeof import('zlib') = createRequire(__filename)('zlib');
  let tar: Buffer;
  try {
    tar = await promisify<Buffer, object, Buffer>(gunzip)(zipped, { maxOutputLength: limits.size });
  } catch (error) {
    throw new BadArchiveError((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? `unpacks to more than the ${limits.size} bytes that are read` : 'is not compressed by gzip');
  }
  const files = new Map<string, Buffer>();
  try {
    await unpack(tar, (path, type, content) => {
      if (type === 'directory') {
        return;
      }
      const plain = path.replace(/^\.\//, '');
      const problem = type !== 'file' && type !== 'contiguous-file' ? `is a ${type}, and only plain files are read`
        : pathProblem(plain) ?? (files.has(plain) ? 'is in it twice' : files.size >= limits.files ? `is one more than the ${limits.files} files that are read` : undefined);
      if (problem) {
        throw new BadArchiveError(`holds ${JSON.stringify(path.slice(0, 300))}, which ${problem}`);
      }
      files.set(plain, content);
    });
  } catch (error) {
    throw error instanceof BadArchiveError ? error : new BadArchiveError('holds no tar archive');
  }
  return files;
}

async function unpack(tar: Buffer, take: (path: string, type: string, content: Buffer) => void): Promise<void> {
  const { extract }: typeof import('tar-stream') = createRequire(__filename)('tar-stream');
  const archive = extract();
  archive.end(tar);
  for await (const entry of archive) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) {
      chunks.push(chunk as Buffer);
    }
    take(entry.header.name, entry.header.type ?? 'file', Buffer.concat(chunks));
  }
}
