import { DeliveryManifest } from '../../manifest';

/** A commit of the source, and when it was committed (RFC 3339), where that is known. */
export interface SourcePoint {
  readonly commit: string;
  readonly date?: string;
}

/** Whether a text is a date for us, too: git takes zones and years that nothing else does. */
export function isDate(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

/** Whether one is the older by its date; false where a date is not known. */
export function isOlder({ date: one }: SourcePoint, { date: other }: SourcePoint): boolean {
  return one !== undefined && other !== undefined && Date.parse(one) < Date.parse(other);
}

/** How the newest source commits are written down: directories that share one stand together. */
export type NewestSourcesJson = (SourcePoint & { readonly targets: readonly string[] })[];

const VERSION = 1;

/** What a directory of a branch is called there; a branch holds no `:`. */
export function targetKey(branch: string, path: string): string {
  return path ? `${branch}:${path}` : branch;
}

// No branch has such a name, whatever its directories are.
const ARTIFACT = 'oci://';

/** What the tags of an app's artifacts are called there: a config repository keeps them too, for a registry has no place for it. */
export function artifactKeys({ registries = [] }: DeliveryManifest): string[] {
  return registries.flatMap(({ name, artifacts }) => artifacts.map(({ artifact, tag }) => `${ARTIFACT}${name}/${artifact}:${tag}`));
}

/** The branch that is meant; undefined for an artifact. */
export function branchOfKey(target: string): string | undefined {
  return target.startsWith(ARTIFACT) ? undefined : target.split(':')[0];
}

/**
 * For each directory of an app in one repository the newest source commit that it was published from. It is kept apart from the
 * content, for a newer commit may render the same.
 */
export class NewestSources {
  public static readonly NONE = new NewestSources(new Map());

  /** @throws Error if it is not what `toJson` gave */
  public static fromJson(json: unknown): NewestSources {
    const points = new Map<string, SourcePoint>();
    if (!Array.isArray(json) || json.some((entry) => typeof entry !== 'object' || !entry)) {
      throw new Error('is no list');
    }
    for (const { commit, date, targets } of json as any[]) {
      if (typeof commit !== 'string' || !/^[0-9a-f]{7,64}$/.test(commit) || !Array.isArray(targets)) {
        throw new Error('holds what is no source commit');
      }
      // Without one the history has to tell.
      targets.forEach((target) => points.set(String(target), { commit, date: isDate(date) ? date : undefined }));
    }
    return new NewestSources(points);
  }

  /** @throws Error if it is not what `toMessage` gave */
  public static fromMessage(message: string): NewestSources {
    const { version, sources } = JSON.parse(message.slice(message.indexOf('\n\n')));
    if (version !== VERSION) {
      throw new Error(`is of version ${version}, and this cdk8s-fluxcd reads version ${VERSION}`);
    }
    return NewestSources.fromJson(sources);
  }

  private constructor(private readonly points: ReadonlyMap<string, SourcePoint>) {}

  /** The newest source commit of a directory. */
  public of(target: string): SourcePoint | undefined {
    return this.points.get(target);
  }

  /** With another commit for some directories, and without those that are not `kept`. */
  public with(targets: readonly string[], point: SourcePoint, kept: (target: string) => boolean): NewestSources {
    return new NewestSources(new Map([
      ...[...this.points].filter(([target]) => kept(target)),
      ...targets.map((target) => [target, { commit: point.commit, date: point.date }] as const),
    ]));
  }

  /** Whether all these directories have this commit. */
  public agrees(targets: readonly string[], { commit }: SourcePoint): boolean {
    return targets.every((target) => this.points.get(target)?.commit === commit);
  }

  public toJson(): NewestSourcesJson {
    const byCommit = new Map<string, { commit: string; date?: string; targets: string[] }>();
    for (const [target, { commit, date }] of [...this.points].sort(([one], [other]) => one < other ? -1 : 1)) {
      const entry = byCommit.get(commit) ?? { commit, date, targets: [] };
      entry.targets.push(target);
      byCommit.set(commit, entry);
    }
    return [...byCommit.values()];
  }

  /** The text of a commit that holds nothing else: what is fetched with the tips of the branches needs no file fetched after it. */
  public toMessage(app: string): string {
    return `${app}: newest source commits\n\n${JSON.stringify({ version: VERSION, sources: this.toJson() }, undefined, 1)}\n`;
  }
}
