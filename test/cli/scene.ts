import { ChildProcess, execFileSync, spawn } from 'child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

/** The command as it is installed; `npm test` compiles first. */
export const MAIN = join(__dirname, '..', '..', 'lib', 'cli', 'main.js');

export interface Outcome {
  /** The exit code, or the signal that ended it. */
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Target {
  readonly role?: 'manifests' | 'config';
  readonly branch: string;
  readonly path?: string;
  /** Content by path relative to the root of the branch. */
  readonly files: Record<string, string>;
  readonly objects?: string[];
  readonly applies?: object[];
}

export interface Artifact {
  readonly artifact: string;
  readonly tag?: string;
  /** Content by path relative to the root of the artifact. */
  readonly files: Record<string, string>;
  readonly objects?: string[];
}

export interface Delivery {
  readonly app?: string;
  readonly inputs?: Record<string, string>;
  readonly exceptions?: object[];
  readonly repositories?: Record<string, { url: string; targets: Target[] }>;
  readonly registries?: Record<string, { url: string; artifacts: Artifact[] }>;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly folder?: string;
}

/** A world of its own for one test: folders, bare repositories, and a home without configuration. */
export class Scene {
  public readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'publish-test-')));
  public readonly env: NodeJS.ProcessEnv;

  constructor() {
    ['home', 'tmp', 'work'].forEach((name) => mkdirSync(join(this.folder, name)));
    const kept = Object.entries(process.env).filter(([name]) => !/^(GIT_|CDK8S_FLUXCD_|DOCKER_|SSH_|NODE_OPTIONS$|NO_COLOR$|FORCE_COLOR$)/.test(name));
    this.env = { ...Object.fromEntries(kept), HOME: this.path('home'), XDG_CONFIG_HOME: this.path('home'), TMPDIR: this.path('tmp'), GIT_CONFIG_NOSYSTEM: '1' };
    this.configure('user.name', 'Tester');
    this.configure('user.email', 'tester@example.com');
  }

  public path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Leftovers of the command, which cleans up after itself. */
  public leftovers(): string[] {
    return readdirSync(this.path('tmp'));
  }

  public configure(key: string, value: string): void {
    this.git('home', 'config', '--global', key, value);
  }

  /** A new bare repository. */
  public bare(name: string): string {
    this.git('.', 'init', '--quiet', '--bare', '--initial-branch=main', name);
    return this.path(name);
  }

  public git(folder: string, ...args: string[]): string {
    return execFileSync('git', args, { cwd: this.path(folder), env: this.env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1e8 }).toString().trim();
  }

  /** Commits that a repository's branches are at. */
  public heads(repository: string): Record<string, string> {
    const lines = this.git(repository, 'for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads').split('\n').filter(Boolean);
    return Object.fromEntries(lines.map((line) => line.split(' ')));
  }

  /** Paths of the files of a branch, without our own record unless asked for. */
  public files(repository: string, branch: string): string[] {
    return this.git(repository, 'ls-tree', '-r', '--name-only', branch).split('\n').filter((file) => file && !file.endsWith('hydrator.metadata'));
  }

  public content(repository: string, branch: string, file: string): string {
    return this.git(repository, 'show', `${branch}:${file}`);
  }

  public metadata(repository: string, branch: string, path = ''): any {
    return JSON.parse(this.content(repository, branch, join(path, 'hydrator.metadata')));
  }

  /** Somebody else's commit: content by path, undefined to delete; returns its id. */
  public commit(repository: string, branch: string, files: Record<string, string | undefined>, ref = branch): string {
    const clone = join('clones', `${repository}-${Math.random()}`);
    mkdirSync(this.path('clones'), { recursive: true });
    this.git('.', 'clone', '--quiet', repository, clone);
    if (this.heads(repository)[branch]) {
      this.git(clone, 'checkout', '--quiet', branch);
    } else {
      this.git(clone, 'checkout', '--quiet', '--orphan', branch);
    }
    for (const [file, content] of Object.entries(files)) {
      content === undefined ? rmSync(this.path(clone, file)) : this.write(join(clone, file), content);
    }
    this.git(clone, 'add', '--all');
    this.git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'by hand');
    this.git(clone, 'push', '--quiet', 'origin', `HEAD:refs/heads/${ref}`);
    return this.git(clone, 'rev-parse', 'HEAD');
  }

  public write(file: string, content: string, mode?: number): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), content);
    if (mode) {
      chmodSync(this.path(file), mode);
    }
  }

  public read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  /** A hook of a bare repository, a shell script. */
  public hook(repository: string, name: string, script: string): void {
    this.write(join(repository, 'hooks', name), `#!/bin/sh\n${script}\n`, 0o755);
  }

  /**
   * Something that happens in the middle of publishing: a `git` that comes first on the PATH and, once, runs a script before the
   * real one is given the command.
   */
  public before(command: string, script: string): NodeJS.ProcessEnv {
    return this.gitBehind(`case " $* " in *" ${command} "*) mkdir "${this.path('once')}" 2>/dev/null && { ${script}\n};; esac`);
  }

  /** A `git` that comes first on the PATH and writes down the commands that it is given. */
  public watched(): { readonly env: NodeJS.ProcessEnv; commands(): string[] } {
    const env = this.gitBehind(`echo "$*" >> "${this.path('commands')}"`);
    const options = /^(?:--git-dir=\S+ |-c \S+ )*/;
    return { env, commands: () => this.read('commands').trim().split('\n').map((line) => line.replace(options, '').split(' ')[0]) };
  }

  /** A `git` that comes first on the PATH and keeps what `git fast-import` is given. */
  public imported(): { readonly env: NodeJS.ProcessEnv; stream(): string } {
    const file = this.path('stream');
    const env = this.gitBehind(`case " $* " in *" fast-import "*) tee -a "${file}" | "$real" "$@"; exit;; esac`);
    return { env, stream: () => existsSync(file) ? this.read('stream') : '' };
  }

  private gitBehind(script: string): NodeJS.ProcessEnv {
    const real = execFileSync('sh', ['-c', 'command -v git']).toString().trim();
    this.write('bin/git', `#!/bin/sh\nreal="${real}"\n${script}\nexec "$real" "$@"\n`, 0o755);
    return { PATH: `${this.path('bin')}:${this.env.PATH}` };
  }

  /** Writes an output folder as `synth` does. */
  public render(delivery: Delivery, dist = 'work/dist'): string {
    rmSync(this.path(dist), { recursive: true, force: true });
    const { app = 'nodezoo', inputs = {}, exceptions } = delivery;
    const repositories = Object.entries(delivery.repositories ?? {}).sort(([a], [b]) => a < b ? -1 : 1).map(([name, { url, targets }]) => {
      targets.forEach(({ branch, files }) => Object.entries(files).forEach(([file, content]) => this.write(join(dist, name, branch, file), content)));
      return { name, url, targets: targets.map(({ role = 'manifests', branch, path = '', files, ...more }) => ({ role, branch, path, files: Object.keys(files).sort(), exceptions, ...more })) };
    });
    const registries = delivery.registries && Object.entries(delivery.registries).map(([name, { url, artifacts }]) => ({
      name,
      url,
      artifacts: artifacts.map(({ artifact, tag = 'latest', files, objects }) => {
        Object.entries(files).forEach(([file, content]) => this.write(join(dist, name, artifact, tag, file), content));
        return { artifact, tag, files: Object.keys(files).sort(), exceptions, objects };
      }),
    }));
    this.write(join(dist, 'delivery.json'), JSON.stringify({ version: 1, app, inputs, repositories, registries, unclaimed: [] }));
    return this.path(dist);
  }

  /** Renders artifacts of one registry, each with the tag `latest`. */
  public renderArtifacts(url: string, artifacts: Record<string, Record<string, string>>, more: Partial<Delivery> = {}, dist?: string): string {
    const all = Object.entries(artifacts).map(([artifact, files]) => ({ artifact, files }));
    return this.render({ ...more, registries: { registry: { url, artifacts: all } } }, dist);
  }

  /** Renders branches of one repository, each owned as a whole. */
  public renderBranches(url: string, branches: Record<string, Record<string, string>>, more: Partial<Delivery> = {}, dist?: string): string {
    const targets = Object.entries(branches).map(([branch, files]) => ({ branch, files }));
    return this.render({ ...more, repositories: { manifests: { url, targets } } }, dist);
  }

  public async publish(args: string[] = [], options: RunOptions = {}): Promise<Outcome> {
    return this.run(['publish', ...args], options);
  }

  public async run(args: string[], options: RunOptions = {}): Promise<Outcome> {
    return outcome(this.start(args, options));
  }

  public start(args: string[], { env, folder = 'work' }: RunOptions = {}, detached = false): ChildProcess {
    return spawn(process.execPath, [MAIN, ...args], { cwd: this.path(folder), env: { ...this.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached });
  }
}

/** The last of the events that `publish --json` writes. */
export function reportIn(stdout: string): any {
  return JSON.parse(stdout.trimEnd().split('\n').pop()!);
}

/** What is told of a run that takes long, which is up to the machine. */
const PROGRESS = /^\S+: (?:reading|comparing|writing|pushing) \d+(?: commits?| refs?)?\n/gm;

/** What a command came to; without its progress, so that no test rests on how quick it was. */
export async function outcome(child: ChildProcess): Promise<Outcome> {
  const texts = [child.stdout!, child.stderr!].map((stream) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  });
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code: code ?? signal!, stdout: texts[0](), stderr: texts[1]().replace(PROGRESS, '') })));
}

/** Gives each test of a file a scene of its own. */
export function useScene(): () => Scene {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
  });
  afterEach(() => scene.remove());
  return () => scene;
}
