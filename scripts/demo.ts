/**
 * Renders examples/nodezoo, publishes it to two bare repositories in demo-output/, and shows what stands there.
 * Run it again: nothing has changed, and nothing is committed.
 */
import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { styleText } from 'util';
import * as yaml from 'js-yaml';

const ROOT = path.resolve(__dirname, '..');
const OUTPUT = path.join(ROOT, 'demo-output');
const DIST = path.join(OUTPUT, 'dist');
const REPOSITORIES = ['nodezoo-k8s-manifests', 'flux-config'];

function style(format: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY ? styleText(format, text) : text;
}

function run(command: string, args: string[], options: { cwd?: string; env?: { [name: string]: string }; show?: boolean } = {}): string {
  return execFileSync(command, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    encoding: 'utf8',
    stdio: ['ignore', options.show ? 'inherit' : 'pipe', 'inherit'],
  }) ?? '';
}

function relative(folder: string): string {
  return path.relative(process.cwd(), folder) || '.';
}

function repositoryPath(name: string): string {
  return path.join(OUTPUT, `${name}.git`);
}

function step(text: string): void {
  console.log(`\n${style('bold', text)}`);
}

/** What one Flux object does, in a line. */
function describe(object: any): string {
  const { kind, metadata, spec } = object;
  switch (kind) {
    case 'GitRepository':
      return `looks at branch ${spec.ref.branch} every ${spec.interval}`;
    case 'Kustomization':
      return `applies ${spec.path} of ${spec.sourceRef.kind} ${spec.sourceRef.name}`;
    default:
      return metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] === 'disabled' ? 'never pruned' : 'applied as it is';
  }
}

function show(name: string): void {
  const repository = repositoryPath(name);
  const git = (...args: string[]) => run('git', ['-C', repository, ...args]).trimEnd();
  step(`${name}  ${style('dim', relative(repository))}`);
  for (const branch of git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n')) {
    console.log(`  ${style('green', branch)}  ${style('dim', git('log', '-1', '--format=%h %s', branch))}`);
    for (const file of git('ls-tree', '-r', '--name-only', branch).split('\n')) {
      console.log(`    ${file}`);
      if (name === 'flux-config' && file.endsWith('.yaml') && !file.endsWith('kustomization.yaml')) {
        for (const object of yaml.loadAll(git('show', `${branch}:${file}`)) as any[]) {
          console.log(style('dim', `      ${object.kind} ${object.metadata.name}: ${describe(object)}`));
        }
      }
    }
  }
}

step('Rendering examples/nodezoo');
run(process.execPath, [require.resolve('ts-node/dist/bin-transpile'), 'main.ts'], {
  cwd: path.join(ROOT, 'examples', 'nodezoo'), env: { CDK8S_OUTDIR: DIST, TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.dev.json') },
});
console.log(`  into ${relative(DIST)}`);

for (const name of REPOSITORIES) {
  if (!fs.existsSync(repositoryPath(name))) {
    run('git', ['init', '--quiet', '--bare', '--initial-branch=main', repositoryPath(name)]);
  }
}
const remotes = REPOSITORIES.map((name) => `--remote=${name}=${repositoryPath(name)}`);
step(`cdk8s-fluxcd publish ${relative(DIST)} ${REPOSITORIES.map((name) => `--remote ${name}=${relative(repositoryPath(name))}`).join(' ')}`);
run(process.execPath, [path.join(ROOT, 'lib', 'cli', 'main.js'), 'publish', DIST, ...remotes], { show: true });

REPOSITORIES.forEach(show);
console.log('\nRun it again: nothing will have changed. Change examples/nodezoo/main.ts first, and only what changed is committed.');
