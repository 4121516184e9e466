import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GoProgram } from './go-program';

/** What a program made of one file of YAML: the values it read, or why it turned the file down. */
export type Reading = { readonly documents: unknown[] } | { readonly error: string };

/** The decoders and writers of YAML that kubectl and Flux use. */
export const oracleProgram = new GoProgram({ name: 'yaml-oracle', folder: join(__dirname, 'yaml-oracle'), sources: ['main.go'] });
const ANSWER_LIMIT = 1024 * 1024 * 1024;

/** Reads files with the decoder that kubectl and Flux use, or as they come out of a kustomize build. */
export function readYaml(reader: 'kubernetes' | 'kustomize', files: readonly string[]): Reading[] {
  return ask<{ documents?: unknown[]; error?: string }>([reader], files)
    .map(({ documents = [], error }) => (error === undefined ? { documents } : { error }));
}

/** Reads and writes files as Flux's image automation does with a file it changes. */
export function rewriteYaml(files: readonly string[]): string[] {
  return texts(['automation'], files);
}

/** The same, with the values that markers such as `flux-system:web:tag` are set to. */
export function setImages(files: readonly string[], values: { readonly [marker: string]: string }): string[] {
  return texts(['setters', JSON.stringify(values)], files);
}

function texts(mode: string[], files: readonly string[]): string[] {
  return ask<{ text?: string; error?: string }>(mode, files).map(({ text = '', error }) => {
    if (error !== undefined) {
      throw new Error(`the image automation turned a file down: ${error}`);
    }
    return text;
  });
}

function ask<T>(mode: string[], files: readonly string[]): T[] {
  const input = files.flatMap((file) => {
    const bytes = Buffer.from(file);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  const output = run(mode, Buffer.concat(input));
  return output.split('\n').slice(0, -1).map((line) => JSON.parse(line) as T);
}

function run(mode: string[], input: Buffer): string {
  const program = oracleProgram.ready();
  const { error, status, stdout, stderr } = spawnSync(program, mode, { input, encoding: 'utf8', maxBuffer: ANSWER_LIMIT });
  if (error) {
    throw new Error(`${program} ${mode.join(' ')} did not run: ${error.message}.`);
  }
  if (status !== 0) {
    throw new Error(`${program} ${mode.join(' ')} failed with status ${status}:\n${stderr}`);
  }
  return stdout;
}
