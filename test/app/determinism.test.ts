import { execFileSync } from 'child_process';
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

test('two environments share no directory', () => {
  const [production, staging] = [render(), render({ ENVIRONMENT: 'staging' })].map((files) => Object.keys(files).filter((file) => file !== 'delivery.json'));
  expect(production.filter((file) => staging.includes(file))).toEqual([]);
});
