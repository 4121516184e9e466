import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { SourcePoint } from './newest-sources';
import { topFolder } from './source-repository';
import { runGit } from '../git/git';

/** What the second of two commits is to the first. */
export type Order = 'same' | 'newer' | 'older' | 'unknown';

const A_DAY = 24 * 3600 * 1000;
/** In milliseconds: an origin that does not answer leaves time for what is published, and dates tell too. */
const LONGEST_FETCH = 20_000;

export interface CommitOrderOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Gives up waiting for a remote. */
  readonly signal: AbortSignal;
}

/**
 * Says which of two commits of the source is newer: by ancestry, where the current folder's repository or its `origin` knows both,
 * else by when they were committed. Nothing of the current folder's repository is changed.
 */
export class CommitOrder {
  private readonly known = new Map<string, Promise<Order>>();
  private readonly top = topFolder(process.cwd());

  constructor(private readonly options: CommitOrderOptions) {}

  /** What `second` is to `first`. */
  public async compare(first: SourcePoint, second: SourcePoint): Promise<Order> {
    if (first.commit === second.commit) {
      return 'same';
    }
    const key = `${first.commit} ${second.commit}`;
    const order = this.known.get(key) ?? this.ask(first, second);
    this.known.set(key, order);
    return order;
  }

  /** Whether the current folder's repository has a commit. */
  public async has(commit: string): Promise<boolean> {
    return this.top !== undefined && await this.git(['cat-file', '-e', `${commit}^{commit}`]) === 0;
  }

  private async ask(first: SourcePoint, second: SourcePoint): Promise<Order> {
    return await this.byAncestry([], first, second) ?? await this.byFetchedAncestry(first, second) ?? byDate(first, second);
  }

  /** Undefined where one of the commits is not there, or neither comes from the other. */
  private async byAncestry(repository: string[], first: SourcePoint, second: SourcePoint): Promise<Order | undefined> {
    if (this.top === undefined) {
      return undefined;
    }
    const comesFrom = async (older: SourcePoint, newer: SourcePoint) => (
      await this.git([...repository, 'merge-base', '--is-ancestor', older.commit, newer.commit])
    ) === 0;
    return await comesFrom(first, second) ? 'newer' : await comesFrom(second, first) ? 'older' : undefined;
  }

  /**
   * A clone in CI is often shallow. The commits alone, since a day before the older of the two, are fetched to a repository of our
   * own, which borrows the configuration of the other: its `origin`, and how that lets one in.
   */
  private async byFetchedAncestry(first: SourcePoint, second: SourcePoint): Promise<Order | undefined> {
    const dates = [first.date, second.date].flatMap((date) => date === undefined ? [] : Date.parse(date));
    const config = this.top === undefined ? undefined : await this.output(['rev-parse', '--path-format=absolute', '--git-path', 'config']);
    if (!config || dates.length < 2) {
      return undefined;
    }
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-fluxcd-'));
    try {
      ['objects', 'refs'].forEach((name) => mkdirSync(join(folder, name)));
      writeFileSync(join(folder, 'HEAD'), 'ref: refs/heads/none\n');
      writeFileSync(join(folder, 'config'), [
        `[include]\n\tpath = "${config.replace(/["\\]/g, '\\$&')}"`,
        '[core]\n\trepositoryformatversion = 0\n\tbare = true\n\thooksPath = no-hooks\n[gc]\n\tauto = 0\n',
      ].join('\n'));
      const repository = [`--git-dir=${folder}`];
      const since = `--shallow-since=${new Date(Math.min(...dates) - A_DAY).toISOString()}`;
      const fetched = await this.git([
        ...repository, 'fetch', '--quiet', '--filter=tree:0', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', '--refmap=', since,
        '--', 'origin', first.commit, second.commit,
      ], AbortSignal.any([this.options.signal, AbortSignal.timeout(LONGEST_FETCH)]));
      return fetched === 0 ? await this.byAncestry(repository, first, second) : undefined;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  private async git(args: string[], signal = this.options.signal): Promise<number | undefined> {
    return (await runGit(args, { ...this.options, signal })).code;
  }

  private async output(args: string[]): Promise<string | undefined> {
    const { code, stdout } = await runGit(args, this.options);
    return code === 0 ? stdout.toString().trim() : undefined;
  }
}

function byDate(first: SourcePoint, second: SourcePoint): Order {
  const [one, other] = [first, second].map(({ date }) => date === undefined ? NaN : Date.parse(date));
  return other > one ? 'newer' : other < one ? 'older' : 'unknown';
}
