import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { World } from './world';

const ROOT = resolve(__dirname, '..', '..');
/** Where the examples say that their repositories are. */
const WRITTEN_URL = 'https://gitlab.com/n1470/';

/** Runs an example of examples/ as its user would, in a folder of its own, with the repositories of the scenario. Returns its output folder. */
export function runProgram({ scene, site }: World, example: string, inputs: { environment?: string } = {}): string {
  const { environment = 'production' } = inputs;
  const folder = join('work', `${example}-${environment}`);
  const source = readFileSync(join(ROOT, 'examples', example, 'main.ts'), 'utf8');
  scene.write(join(folder, 'main.ts'), source.replaceAll(WRITTEN_URL, `${site.gitUrl}/`));
  mkdirSync(scene.path(folder, 'node_modules'));
  for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs']) {
    symlinkSync(join(ROOT, 'node_modules', name), scene.path(folder, 'node_modules', name));
  }
  symlinkSync(ROOT, scene.path(folder, 'node_modules', 'cdk8s-fluxcd'));
  execFileSync(process.execPath, ['--require', join(ROOT, 'node_modules', 'ts-node', 'register', 'transpile-only'), 'main.ts'], {
    cwd: scene.path(folder), env: { ...scene.env, ENVIRONMENT: environment, TS_NODE_PROJECT: join(ROOT, 'tsconfig.dev.json') }, stdio: 'pipe',
  });
  return scene.path(folder, 'dist');
}
