import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { newFolder, readFiles } from '../tools/output';

/** Renders the nodezoo example in a process of its own. */
function render(environment: { [name: string]: string } = {}): { [file: string]: string } {
  const outdir = newFolder();
  execFileSync(process.execPath, [require.resolve('ts-node/dist/bin-transpile'), 'main.ts'], {
    cwd: path.resolve('examples/nodezoo'),
    env: { ...process.env, TS_NODE_PROJECT: path.resolve('tsconfig.dev.json'), ...environment, CDK8S_OUTDIR: outdir },
  });
  return readFiles(outdir);
}

test('two processes, in other places, zones and languages, render the same bytes', () => {
  const files = render({ TZ: 'UTC', LANG: 'C.UTF-8' });
  expect(Object.keys(files)).toHaveLength(13);
  expect(render({ TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toEqual(files);
});

test('cdk8s synth runs it and renders the same bytes, in an output folder that it empties first', () => {
  const folder = newFolder();
  const register = require.resolve('ts-node/register/transpile-only');
  fs.copyFileSync('examples/nodezoo/main.ts', path.join(folder, 'main.ts'));
  fs.writeFileSync(path.join(folder, 'cdk8s.yaml'), `language: typescript\napp: ${process.execPath} --require ${register} main.ts\noutput: rendered\n`);
  fs.mkdirSync(path.join(folder, 'rendered'));
  fs.writeFileSync(path.join(folder, 'rendered', 'stale.k8s.yaml'), '');
  fs.mkdirSync(path.join(folder, 'node_modules'));
  for (const name of ['cdk8s', 'cdk8s-plus-27', 'constructs']) {
    fs.symlinkSync(path.resolve('node_modules', name), path.join(folder, 'node_modules', name));
  }
  fs.symlinkSync(path.resolve('.'), path.join(folder, 'node_modules', 'cdk8s-fluxcd'));
  execFileSync(path.resolve('node_modules/.bin/cdk8s'), ['synth', '--no-check-upgrade'], {
    cwd: folder, env: { ...process.env, TS_NODE_PROJECT: path.resolve('tsconfig.dev.json') }, stdio: 'pipe',
  });
  expect(readFiles(path.join(folder, 'rendered'))).toEqual(render());
});

test('two environments share no directory', () => {
  const [production, staging] = [render(), render({ ENVIRONMENT: 'staging' })].map((files) => Object.keys(files).filter((file) => file !== 'delivery.json'));
  expect(production.filter((file) => staging.includes(file))).toEqual([]);
});
