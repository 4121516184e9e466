import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { GoProgram } from './go-program';

const PROGRAMS = join(__dirname, '..', 'e2e', 'programs');
const LINKER = '-s -w ';

/** The real sops, and the program that makes keys for it. */
export const sopsProgram = new GoProgram({ name: 'sops', folder: join(PROGRAMS, 'sops'), package: 'github.com/getsops/sops/v3/cmd/sops', linkerFlags: LINKER });
export const ageKeygenProgram = new GoProgram({ name: 'age-keygen', folder: join(PROGRAMS, 'age'), package: 'filippo.io/age/cmd/age-keygen', linkerFlags: LINKER });

/** A pair of keys for age. */
export interface AgeKey {
  /** What Flux is given, below a key that ends in `.agekey`. */
  readonly identity: string;
  /** Whom to encrypt for. */
  readonly recipient: string;
}

export function newAgeKey(): AgeKey {
  const identity = run(ageKeygenProgram, [], '');
  return { identity, recipient: /^# public key: (\S+)$/m.exec(identity)![1] };
}

/** What Flux recommends: all but the content of a Secret stays readable. */
export const ENCRYPTED_REGEX = '^(data|stringData)$';

/** Has sops encrypt a text. */
export function sopsEncrypt(text: string, key: AgeKey, options: { type?: 'yaml' | 'json'; args?: string[] } = {}): string {
  const { type = 'yaml', args = ['--encrypted-regex', ENCRYPTED_REGEX] } = options;
  return run(sopsProgram, ['encrypt', '--age', key.recipient, '--filename-override', `secret.${type}`, '--input-type', type, '--output-type', type, ...args], text);
}

/**
 * Has sops decrypt a text, of which it checks the checksum.
 *
 * @throws with what sops says
 */
export function sopsDecrypt(text: string, key: AgeKey, { output = 'json', input = 'yaml' }: { output?: string; input?: string } = {}): string {
  return run(sopsProgram, ['decrypt', '--filename-override', `secret.${input}`, '--input-type', input, '--output-type', output], text, { SOPS_AGE_KEY: key.identity });
}

function run(program: GoProgram, args: string[], input: string, env: NodeJS.ProcessEnv = {}): string {
  const { status, stdout, stderr, error } = spawnSync(program.ready(), args, { input, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env } });
  if (status !== 0) {
    throw new Error(`${program.name} ${args[0] ?? ''}: ${error?.message ?? stderr}`);
  }
  return stdout;
}
