import { execFileSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { FileReader } from '../../src/cli/publish/file-reader';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'file-reader-'));
  mkdirSync(join(root, 'a', 'b'), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

test('files of all sizes stay what they are while others are read', () => {
  const KIB = 1024;
  const size = fc.oneof(fc.nat(300), fc.constantFrom(0, 32 * KIB - 1, 32 * KIB, 32 * KIB + 1, 256 * KIB, 256 * KIB + 1));
  fc.assert(fc.property(fc.array(size, { maxLength: 20 }), (sizes) => {
    const contents = sizes.map((length, index) => Buffer.alloc(length, index + 1));
    contents.forEach((content, index) => writeFileSync(join(root, 'a', 'b', `${index}`), content));
    const reader = new FileReader(root);
    const read = contents.map((_, index) => reader.read(`a/b/${index}`));
    expect(read.every((content, index) => content.equals(contents[index]))).toBe(true);
  }), { numRuns: 50 });
});

test.each([
  ['a symbolic link', 'link', () => symlinkSync(join(root, 'file'), join(root, 'link'))],
  ['a file in a folder that is one', 'linked/f', () => symlinkSync(join(root, 'a'), join(root, 'linked'))],
  ['a file in a folder below one', 'linked/b/f', () => symlinkSync(join(root, 'a'), join(root, 'linked'))],
  ['a folder', 'a', () => undefined],
  ['a pipe that nobody writes to', 'pipe', () => execFileSync('mkfifo', [join(root, 'pipe')])],
  ['nothing', 'nothing', () => undefined],
])('%s is not read', (_, path, make) => {
  ['file', 'a/f', 'a/b/f'].forEach((file) => writeFileSync(join(root, file), 'secret'));
  make();
  expect(() => new FileReader(root).read(path)).toThrow(/ELOOP|is not a (file|directory)|ENOENT/);
});
