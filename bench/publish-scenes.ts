import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { MAIN, run } from './process';
import { Place } from './synth-side';

/** The name of the repository in what was rendered. */
const NAME = 'manifests';
const BRANCH = 'main';
const RECORD = 'hydrator.metadata';

/** What is published, and to what. What takes long is made once and kept. */
export interface PublishScene {
  /** The output folder. */
  rendered(place: Place): Promise<string>;
  /** Makes the bare repository that a run finds. */
  remote(place: Place, repository: string): Promise<void>;
  /** @throws if the repository does not hold what it has to */
  check(repository: string): void;
}

/** So many branches that are not there yet. */
export function newBranches(count: number): PublishScene {
  return { rendered: (place) => renderBranches(place, count), remote: emptyRemote, check: (repository) => checkBranches(repository, count) };
}

/** So many branches that are as they should be. */
export function sameBranches(count: number): PublishScene {
  return publishedAlready(`branches-${count}`, newBranches(count), (place) => renderBranches(place, count));
}

/** So many directories of one branch, which is not there yet. */
export function newDirectories(count: number): PublishScene {
  return { rendered: (place) => renderDirectories(place, count), remote: emptyRemote, check: (repository) => checkDirectories(repository, count) };
}

/** So many directories of one branch, of which one has changed. */
export function oneOfDirectories(count: number): PublishScene {
  return publishedAlready(`directories-${count}`, newDirectories(count), (place) => renderChange(place, count));
}

/** What stands on each branch in the end, a folder for each: what was rendered and, by ours, who owns it. */
export async function contentOf(place: Place, scene: PublishScene): Promise<string> {
  const rendered = await scene.rendered(place);
  return once(place, `${path.basename(rendered)}-content`, async (folder) => {
    const repository = `${folder}.git`;
    await scene.remote(place, repository);
    await publishTo(repository, rendered);
    fs.cpSync(path.join(rendered, NAME), folder, { recursive: true });
    const targets: { branch: string; path: string }[] = manifestOf(rendered).repositories[0].targets;
    const names = targets.map((target) => `${target.branch}:${path.join(target.path, RECORD)}\n`).join('');
    let output = execFileSync('git', ['--git-dir', repository, 'cat-file', '--batch'], { input: names, maxBuffer: 1e9 });
    for (const target of targets) {
      const start = output.indexOf('\n') + 1;
      const end = start + Number(output.toString('latin1', 0, start).split(' ')[2]);
      fs.writeFileSync(path.join(folder, target.branch, target.path, RECORD), output.subarray(start, end));
      output = output.subarray(end + 1);
    }
    fs.rmSync(repository, { recursive: true });
  });
}

async function renderBranches(place: Place, count: number): Promise<string> {
  return once(place, `rendered-${count}`, async (folder) => {
    await run({ argv: [process.execPath, path.join(place.programs, 'synth.js'), 'nodezoo-branches', String(count), folder] });
  });
}

/** The same files, where an app has them that delivers to paths. */
async function renderDirectories(place: Place, count: number): Promise<string> {
  const branches = await renderBranches(place, count);
  return once(place, `rendered-directories-${count}`, async (folder) => {
    const manifest = manifestOf(branches);
    const [repository] = manifest.repositories;
    repository.targets = repository.targets.map((target: any) => {
      const directory = path.join('apps', target.branch);
      fs.cpSync(path.join(branches, NAME, target.branch), path.join(folder, NAME, BRANCH, directory), { recursive: true });
      return { ...target, branch: BRANCH, path: directory, files: target.files.map((file: string) => path.join(directory, file)) };
    });
    fs.writeFileSync(path.join(folder, 'delivery.json'), JSON.stringify({ ...manifest, unclaimed: [] }));
  });
}

async function renderChange(place: Place, count: number): Promise<string> {
  const directories = await renderDirectories(place, count);
  return once(place, `rendered-change-${count}`, async (folder) => {
    fs.cpSync(directories, folder, { recursive: true });
    const { files } = manifestOf(directories).repositories[0].targets[Math.floor(count / 2)];
    fs.appendFileSync(path.join(folder, NAME, BRANCH, files[0]), '# changed\n');
  });
}

/** A scene in which what another leaves stands there already. */
function publishedAlready(name: string, before: PublishScene, rendered: PublishScene['rendered']): PublishScene {
  return {
    rendered,
    check: before.check,
    remote: async (place, repository) => {
      const published = await once(place, `published-${name}`, async (folder) => {
        await before.remote(place, folder);
        await publishTo(folder, await before.rendered(place));
      });
      fs.cpSync(published, repository, { recursive: true });
    },
  };
}

async function emptyRemote(_: Place, repository: string): Promise<void> {
  execFileSync('git', ['init', '--quiet', '--bare', `--initial-branch=${BRANCH}`, repository]);
}

async function publishTo(repository: string, rendered: string): Promise<void> {
  await run({ argv: [process.execPath, MAIN, 'publish', rendered, '--remote', `${NAME}=${repository}`], cwd: rendered });
}

async function once({ temporary }: Place, name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(temporary, name);
  if (!fs.existsSync(folder)) {
    fs.mkdirSync(folder);
    await make(folder);
  }
  return folder;
}

function manifestOf(rendered: string): any {
  return JSON.parse(fs.readFileSync(path.join(rendered, 'delivery.json'), 'utf8'));
}

function checkBranches(repository: string, count: number): void {
  const heads = git(repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads');
  const last = heads[heads.length - 1];
  const files = git(repository, 'ls-tree', '-r', '--name-only', last);
  if (heads.length !== count || !files.includes('kustomization.yaml') || !files.includes(`${last}.k8s.yaml`)) {
    throw new Error(`${heads.length} of ${count} branches were published; the last one holds ${files.join(', ')}`);
  }
}

function checkDirectories(repository: string, count: number): void {
  const files = git(repository, 'ls-tree', '-r', '--name-only', BRANCH);
  const directories = files.filter((file) => file.endsWith('/kustomization.yaml')).length;
  if (directories !== count) {
    throw new Error(`${directories} of ${count} directories were published`);
  }
}

function git(repository: string, ...args: string[]): string[] {
  return execFileSync('git', ['--git-dir', repository, ...args], { encoding: 'utf8', maxBuffer: 1e9 }).split('\n').filter(Boolean);
}
