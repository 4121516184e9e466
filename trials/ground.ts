import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readdirSync, rmSync } from 'fs';
import { join } from 'path';
import { Transport, World } from './world';
import { Target } from '../test/cli/scene';

/** All refs of a repository, or all tags of a registry, and what each is at. */
export type Look = ReadonlyMap<string, string>;

/** `old` or `new` if all that we publish is; `each` if each part is one of both; otherwise what is wrong, in words. */
export type Verdict = 'old' | 'new' | 'each' | string;

/** Something that is published to, over and over, in versions. */
export interface Ground {
  /** Verdicts that keep what is promised. */
  readonly promised: Verdict[];
  /** Arguments after `publish`. */
  args(transport: Transport): string[];
  render(version: number): void;
  look(): Promise<Look>;
  /** What became of everything since a look, when all was at the version before. */
  judge(before: Look, version: number): Promise<Verdict>;
  /** Locks that somebody holds or has left. */
  locks(): string[];
  removeLocks(): void;
  /** Ends what it has started. */
  close?(): Promise<void>;
}

/** How a Git repository is laid out. */
export interface GitLayout {
  readonly name: string;
  /** Names of branches, each with the directories that are ours; '' is the whole branch. */
  readonly branches: Record<string, string[]>;
  /** So many branches of others stand beside ours. */
  readonly others: number;
}

/** So many branches, each ours as a whole. */
export function wholeBranches(name: string, count: number): GitLayout {
  return { name, branches: Object.fromEntries(Array.from({ length: count }, (_, index) => [`branch-${index}`, ['']])), others: 0 };
}

/** One branch with so many directories of ours. */
export function directories(name: string, count: number, others: number): GitLayout {
  return { name, branches: { main: Array.from({ length: count }, (_, index) => `apps/app-${index}`) }, others };
}

export class GitGround implements Ground {
  public readonly promised = ['old', 'new'];
  public readonly repository: string;
  private readonly places: { branch: string; path: string }[];

  constructor(private readonly world: World, private readonly layout: GitLayout) {
    this.repository = world.scene.bare(`${layout.name}.git`);
    this.places = Object.entries(layout.branches).flatMap(([branch, paths]) => paths.map((path) => ({ branch, path })));
    if (layout.others) {
      const commit = world.scene.commit(`${layout.name}.git`, 'others', { theirs: 'x' });
      this.git(['update-ref', '--stdin'], Array.from({ length: layout.others }, (_, index) => `create refs/heads/others-${index} ${commit}\n`).join(''));
    }
  }

  public args(transport: Transport): string[] {
    return [this.layout.name, '--remote', `manifests=${this.world.url(`${this.layout.name}.git`, transport)}`];
  }

  public render(version: number): void {
    const targets: Target[] = this.places.map(({ branch, path }) => ({
      branch, path, files: { [join(path, 'kustomization.yaml')]: 'resources: [web.yaml]\n', [join(path, 'web.yaml')]: contentOf(version) },
    }));
    this.world.commitSource();
    this.world.scene.render({ repositories: { manifests: { url: this.repository, targets } } }, join('work', this.layout.name));
  }

  public async look(): Promise<Look> {
    return new Map(this.git(['for-each-ref', '--format=%(objectname) %(refname)']).split('\n').filter(Boolean).map((line) => {
      const [commit, ref] = line.split(' ');
      return [ref, commit];
    }));
  }

  public async judge(before: Look, version: number): Promise<Verdict> {
    const after = await this.look();
    const blobs = this.git(['cat-file', '--batch-check=%(objectname)'], this.places.map(({ branch, path }) => `${branch}:${join(path, 'web.yaml')}\n`).join('')).trim().split('\n');
    const [old, fresh] = [version - 1, version].map((one) => blobs.filter((blob) => blob === blobOf(contentOf(one))).length);
    const moved = [...after].filter(([ref, commit]) => before.get(ref) !== commit).map(([ref]) => ref);
    const gone = [...before.keys()].filter((ref) => !after.has(ref));
    const ours = Object.keys(this.layout.branches).map((branch) => `refs/heads/${branch}`);
    const foreign = moved.filter((ref) => ref.startsWith('refs/heads/') && !ours.includes(ref));
    if (gone.length + foreign.length) {
      return `gone: ${gone.join(', ') || 'none'}; moved and not ours: ${foreign.join(', ') || 'none'}`;
    } else if (moved.length === 0 && (before.size === 0 || old === this.places.length)) {
      return 'old';
    } else if ([...after.keys()].filter((ref) => ours.includes(ref) || !ref.startsWith('refs/heads/')).every((ref) => moved.includes(ref)) && fresh === this.places.length) {
      return this.isOneCommitOn(before, ours) ? 'new' : 'new, but not by one commit on each branch';
    }
    return `${old} of ${this.places.length} old, ${fresh} new; ${moved.length} refs have moved`;
  }

  public locks(): string[] {
    return filesBelow(this.repository, '').filter((file) => file.endsWith('.lock'));
  }

  /** What an administrator does who knows that no git runs there any more. */
  public removeLocks(): void {
    this.locks().forEach((lock) => rmSync(join(this.repository, lock), { force: true }));
  }

  /** Locks of branches, quickly. */
  public lockCount(): number {
    const folder = join(this.repository, 'refs', 'heads');
    let locks = 0;
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      locks += name.endsWith('.lock') ? 1 : 0;
    }
    return locks;
  }

  private isOneCommitOn(before: Look, refs: string[]): boolean {
    const parents = this.git(['for-each-ref', '--format=%(refname) %(parent)', 'refs/heads']).trim().split('\n').map((line) => line.split(' '));
    const parentOf = new Map(parents.map(([ref, ...all]) => [ref, all.join(' ')]));
    return refs.every((ref) => parentOf.get(ref) === (before.get(ref) ?? ''));
  }

  private git(args: string[], input = ''): string {
    return execFileSync('git', args, { cwd: this.repository, env: this.world.scene.env, input, encoding: 'utf8', maxBuffer: 1e8 });
  }
}

/** What a file says of its version. */
export function contentOf(version: number): string {
  return `# version ${version}\n`;
}

function blobOf(content: string): string {
  return createHash('sha1').update(`blob ${Buffer.byteLength(content)}\0${content}`).digest('hex');
}

/** Passes over what goes meanwhile, as folders of pushes do. */
function filesBelow(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(root, path) : [path];
    });
  } catch (error) {
    if (folder && ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code!)) {
      return [];
    }
    throw error;
  }
}
