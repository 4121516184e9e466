import { RunFindings } from './branch-plan';
import { branchOfKey, NewestSources, NewestSourcesJson, SourcePoint } from './newest-sources';
import { SourceCommit } from './source';
import { DeliveryManifest } from '../../manifest';
import { ExitCode } from '../cli-error';
import { NewCommit } from '../git/commit-import';
import { GitObject, parseCommit } from '../git/git-objects';
import { RemoteFault } from '../remote-fault';

/** What a remote says of a ref only because something else keeps the push from happening. */
const NOT_ABOUT_THE_REF = /^\[?(?:rejected|remote rejected)?\]? ?\((?:atomic|fetch first|stale info|non-fast-forward|failed to|cannot lock|incorrect old value)/;

export interface SourcesRefOptions {
  readonly manifest: DeliveryManifest;
  readonly source?: SourceCommit;
  readonly findings: RunFindings;
  /** Keys of what this repository keeps the newest source commits of. */
  readonly targets: readonly string[];
}

/** The ref that keeps the newest source commits of an app, in full. */
export function sourcesRefOf(app: string): string {
  return `refs/notes/cdk8s-fluxcd/${app}`;
}

/**
 * Where a repository keeps the newest source commits of an app: a ref that is none of its branches, or, where the host does not take such a
 * ref, the records of the config directories.
 */
export class SourcesRef {
  /** In full. */
  public readonly name: string;
  private newest = NewestSources.NONE;
  private at?: string;
  private unseen = 0;
  /** Asked for as often as there are directories. */
  private readRecord?: { readonly json: NewestSourcesJson; readonly newest: NewestSources };

  /** @param repository its name in delivery.json */
  constructor(private readonly repository: string, private readonly options: SourcesRefOptions) {
    this.name = sourcesRefOf(options.manifest.app!);
  }

  /** The commit that the ref is at; undefined if there is none. */
  public get tip(): string | undefined {
    return this.at;
  }

  /**
   * Takes what the ref is at.
   *
   * @throws RemoteFault if it is not what this program wrote
   */
  public read(tip: string | undefined, commit: GitObject | undefined): void {
    this.at = tip;
    try {
      this.newest = commit ? NewestSources.fromMessage(parseCommit(commit).message.toString()) : NewestSources.NONE;
    } catch (error) {
      throw new RemoteFault({
        kind: 'fatal',
        text: `ref '${this.name}' cannot be read (${(error as Error).message.split('\n')[0]}), so that it is unknown what is newer. ` +
          'Upgrade cdk8s-fluxcd, or delete that ref',
        exitCode: ExitCode.REFUSED,
      });
    }
  }

  /** What the ref and the records say of a directory or artifact: a host may have refused the ref for a while. */
  public of(key: string): SourcePoint[] {
    return [this.newest, this.recorded].flatMap((newest) => newest.of(key) ?? []);
  }

  /** What is to be committed to it, if that is news and it may be written. */
  public next(branches: ReadonlySet<string>): NewCommit | undefined {
    const { source, targets, manifest, findings } = this.options;
    if (!source || targets.length === 0 || findings.sources.has(this.repository) || this.newest.agrees(targets, source)) {
      return undefined;
    }
    const message = this.withOurs(this.newest, source, branches).toMessage(manifest.app!);
    return { parents: this.at ? [this.at] : [], message, removed: [], writes: new Map() };
  }

  /** Whether the remote does not take the ref, or takes nothing at all, which shows without it. */
  public isRefused(rejected: ReadonlyMap<string, string>): boolean {
    const reason = rejected.get(this.name);
    return reason !== undefined && !NOT_ABOUT_THE_REF.test(reason);
  }

  /** Whether the remote has the ref and hides it: it is refused for being there, more than once, and never seen. */
  public isHidden(rejected: ReadonlyMap<string, string>): boolean {
    const isThere = this.at === undefined && /\((?:fetch first|stale info|reference already exists)\)/.test(rejected.get(this.name) ?? '');
    this.unseen = isThere ? this.unseen + 1 : 0;
    return this.unseen > 1;
  }

  /** Has the records of the config directories say it instead. */
  public recordElsewhere(branches: ReadonlySet<string>): void {
    const { source, targets, findings } = this.options;
    if (source && targets.length) {
      findings.sources.set(this.repository, this.withOurs(this.recorded, source, branches).toJson());
    }
  }

  private get recorded(): NewestSources {
    const { recorded, sources } = this.options.findings;
    const json = recorded.get(this.repository) ?? sources.get(this.repository);
    if (json && json !== this.readRecord?.json) {
      this.readRecord = { json, newest: NewestSources.fromJson(json) };
    }
    return json ? this.readRecord!.newest : NewestSources.NONE;
  }

  /** @param branches those that are there; what was published to others is forgotten */
  private withOurs(newest: NewestSources, { commit, committed, date }: SourceCommit, branches: ReadonlySet<string>): NewestSources {
    return newest.with(this.options.targets, { commit, date: committed ?? date }, (target) => {
      const branch = branchOfKey(target);
      return branch === undefined || branches.has(branch);
    });
  }
}
