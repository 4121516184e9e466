import { BranchPlan, FormerTarget, PlanContext } from './branch-plan';
import { DesiredBranch, DesiredFile, DesiredTarget, isPublished } from './desired';
import { ownershipOfTarget } from './desired-ownership';
import { formerFiles } from './former-places';
import { handEdit } from './hand-edit';
import { isElsewhere } from './losses';
import { OwnerRecord, Ownership, OwnRecord, sameOwnership, writeOwnership } from './ownership';
import { recordAt } from './record-at';
import { isWithin, OWNERSHIP_FILE, ownershipFileOf } from '../../manifest';
import { foldersOf, LiveBranch, LiveEntry } from '../git/live-branch';
import { LiveImages } from '../images/live-images';

/** Compares a branch with what it is to hold; undefined if `live` has to load more first. */
export function planBranch(desired: DesiredBranch, live: LiveBranch | undefined, context: PlanContext): BranchPlan | undefined {
  return live ? new BranchPlanner(desired, live, context).plan() : newBranch(desired, context);
}

function newBranch(desired: DesiredBranch, context: PlanContext): BranchPlan {
  const writes = new Map<string, Buffer>();
  for (const target of desired.targets) {
    target.files.forEach(({ path, content }) => writes.set(path, content));
    writes.set(ownershipFileOf(target), writeOwnership(ownershipOfTarget(target, undefined, context), context.source));
  }
  return { branch: desired.branch, writes, added: [...writes.keys()], changed: [], removed: [], adopted: [], former: [], refusals: [] };
}

class BranchPlanner {
  private readonly app: string;
  private readonly writes = new Map<string, Buffer>();
  private readonly added: string[] = [];
  private readonly changed: string[] = [];
  private readonly removed: string[] = [];
  private readonly adopted: string[] = [];
  /** By what is refused, so that nothing is told twice. */
  private readonly refusals = new Map<string, string>();
  /** By path, the digest of what we left there. */
  private readonly owned = new Map<string, string>();
  /** By folder; all directories ask for those around them. */
  private readonly records = new Map<string, OwnerRecord | undefined>();
  private images!: LiveImages;
  private foreignOwners?: { readonly folder: string; readonly record: OwnerRecord }[];

  constructor(private readonly desired: DesiredBranch, private readonly live: LiveBranch, private readonly context: PlanContext) {
    this.app = context.manifest.app!;
  }

  public plan(): BranchPlan | undefined {
    const wanted = this.desired.targets.flatMap((target) => target.files);
    const claims = this.desired.targets.map((target) => this.claim(target));
    if (this.live.missing.length) {
      this.preload(wanted);
      return undefined;
    }
    claims.forEach((claim) => Object.entries(claim && claim !== 'not ours' ? claim.ownership.files : {}).forEach(([path, digest]) => this.owned.set(path, digest)));
    const paths = new Set(wanted.map(({ path }) => path));
    const published = claims.flatMap((claim) => claim && claim !== 'not ours' ? Object.entries(claim.ownership.images ?? {}) : []);
    const fresh = this.desired.targets.filter((_, index) => !claims[index]);
    const rendered = new Set(this.desired.targets.map(({ path }) => path));
    const elsewhere = formerFiles(fresh, rendered, this.live, (folder) => this.ownRecordIn(folder));
    this.images = new LiveImages(this.live, new Map(published), paths, elsewhere);
    this.removeStale(paths);
    this.desired.targets.forEach((target, index) => {
      const claim = claims[index];
      if (claim !== 'not ours') {
        target.files.forEach((file) => this.place(file));
        this.record(target, claim);
      }
    });
    return this.live.missing.length ? undefined : {
      branch: this.desired.branch,
      before: this.live.tip,
      writes: this.writes,
      added: this.added,
      changed: this.changed,
      removed: this.removed,
      adopted: this.adopted,
      former: claims.flatMap((claim) => claim && claim !== 'not ours' ? [claim] : []),
      refusals: [...this.refusals.values()],
      warnings: this.images.warnings.map((text) => `branch '${this.desired.branch}', ${text}.`),
    };
  }

  /** Asks at once for what will be asked for one by one. */
  private preload(wanted: DesiredFile[]): void {
    for (const { path, oid } of wanted) {
      const found = this.live.find(path);
      if (found.kind === 'file' && found.oid !== oid) {
        this.live.content(found.oid);
      }
    }
  }

  /** What we left in a directory; undefined if we never were there. Refuses a directory that is, or may be, somebody else's. */
  private claim({ path }: DesiredTarget): FormerTarget | 'not ours' | undefined {
    const directory = path ? `directory '${path}'` : 'the whole branch';
    // All are asked for before one is judged, so that they are loaded together.
    const records = [...path ? foldersOf(path) : [], path].map((folder) => ({ folder, record: this.ownershipIn(folder) }));
    for (const { folder, record } of records) {
      if (record?.kind === 'unreadable') {
        this.refuseUnreadable(folder, record);
        return 'not ours';
      } else if (record && record.ownership.app !== this.app) {
        const { app } = record.ownership;
        this.refuse(directory, folder === path ? `belongs to app '${app}', and this is app '${this.app}'. Deliver to another branch or path`
          : `lies in ${folder ? `'${folder}'` : 'a branch'} that app '${app}' owns. Deliver to another branch or path`);
        return 'not ours';
      }
    }
    const own = records[records.length - 1].record;
    const around = records.slice(0, -1).flatMap(({ record }) => record?.kind === 'ours' ? [record] : []);
    around.forEach(({ ownership }) => this.own(ownership, path));
    if (!own && around.length === 0 && this.live.isFolder(path) && !this.isAllOurs(path)) {
      this.takeOver(path, directory);
    }
    return own?.kind === 'ours' ? { path, ownership: own.ownership, source: own.source, url: own.url } : undefined;
  }

  /** Takes what another record of this app lists for ours: the app delivers to another directory of the branch now. */
  private own({ files }: Ownership, path: string): void {
    Object.entries(files).filter(([file]) => isWithin(file, path)).forEach(([file, digest]) => this.owned.set(file, digest));
  }

  /** Whether the directories in this one are the app's own, with nothing beside them. */
  private isAllOurs(path: string): boolean {
    const files = this.live.filesBelow(path);
    const records = files.filter((file) => file === OWNERSHIP_FILE || file.endsWith(`/${OWNERSHIP_FILE}`)).filter((file) => {
      const record = this.ownRecordIn(file.slice(0, -OWNERSHIP_FILE.length - 1));
      if (record) {
        this.own(record.ownership, path);
      }
      return record !== undefined;
    });
    return records.length > 0 && files.every((file) => this.owned.has(file) || records.includes(file));
  }

  /** A directory with files but without a record: nobody's, if there is none in it either. */
  private takeOver(path: string, directory: string): void {
    const inside = this.context.adopt ? this.owners().find(({ folder }) => isWithin(folder, path)) : undefined;
    if (inside?.record.kind === 'unreadable') {
      this.refuseUnreadable(inside.folder, inside.record);
    } else if (inside) {
      this.refuse(directory, `holds '${inside.folder}', which belongs to app '${inside.record.ownership.app}', and cannot be adopted. ` +
        'Deliver to another branch or path');
    } else if (!this.context.adopt) {
      this.refuse(directory, 'exists and was not published by cdk8s-fluxcd. ' +
        'Deliver elsewhere, or publish with --adopt to take it over (foreign files stay)');
    } else {
      this.adopted.push(path || '.');
    }
  }

  /** The record of a directory, unless there is none or it says nothing of an owner. */
  private ownershipIn(folder: string): OwnerRecord | undefined {
    if (!this.records.has(folder)) {
      const record = recordAt(this.live, folder);
      this.records.set(folder, record?.kind === 'foreign' ? undefined : record);
    }
    return this.records.get(folder);
  }

  /** The same, if it is the app's. */
  private ownRecordIn(folder: string): OwnRecord | undefined {
    const record = this.ownershipIn(folder);
    return record?.kind === 'ours' && record.ownership.app === this.app ? record : undefined;
  }

  /** What we left and no longer want; what somebody else has removed is gone already. */
  private removeStale(wanted: ReadonlySet<string>): void {
    for (const [path, digest] of this.owned) {
      const found = wanted.has(path) ? { kind: 'wanted' as const } : this.live.find(path);
      if (found.kind !== 'file' || this.isOthers(path)) {
        continue;
      } else if (isPublished(this.live.content(found.oid), digest)) {
        this.removed.push(path);
      } else if (this.context.overwrite) {
        this.removed.push(path);
        this.adopted.push(path);
      } else {
        this.refuse(`file '${path}'`, `is no longer rendered, and was changed there since app '${this.app}' published it. ` +
          'Take the change back, or publish with --overwrite to delete the file');
      }
    }
  }

  /** Whether a file outside our directories is on another app's list, whatever stands on ours: who may write to one record may not to all. */
  private isOthers(path: string): boolean {
    return !this.desired.targets.some((target) => isWithin(path, target.path)) && this.ownerOf(path)?.record.kind === 'ours';
  }

  private place({ path, content: rendered, oid, marked }: DesiredFile): void {
    const found = this.live.find(path);
    // Somebody's file that is byte for byte ours loses nothing by being ours.
    const content = found.kind === 'file' && found.oid === oid ? undefined : this.images.contentFor(path, rendered, marked);
    if (content === undefined) {
      return;
    } else if (found.kind === 'file') {
      if (this.mayReplace(path, found.oid, content)) {
        this.write(path, content, this.changed);
      }
    } else if (found.kind === 'nothing' || this.live.filesBelow(found.at).every((file) => this.removed.includes(file))) {
      this.write(path, content, this.added);
    } else {
      this.refuseObstacle(path, found);
    }
  }

  private mayReplace(path: string, oid: string, content: Buffer): boolean {
    const digest = this.owned.get(path);
    if (digest !== undefined && isPublished(this.live.content(oid), digest)) {
      return true;
    }
    const owner = digest === undefined ? this.ownerOf(path) : undefined;
    if (owner?.record.kind === 'ours') {
      this.refuse(`file '${path}'`, `belongs to app '${owner.record.ownership.app}', and this is app '${this.app}'. ` +
        'Rename one of the two apps, or deliver elsewhere');
      return false;
    } else if (owner) {
      const { problem, remedy } = owner.record;
      this.refuse(`file '${path}'`, `may belong to the owner of '${ownershipFileOf({ path: owner.folder })}', which ${problem}. ${remedy}`);
      return false;
    } else if (digest === undefined && !this.context.adopt) {
      this.refuse(`file '${path}'`, 'exists and was not published by cdk8s-fluxcd. Rename or delete one of the two, or publish with --adopt to replace it');
      return false;
    } else if (digest !== undefined && !this.context.overwrite) {
      this.refuse(`file '${path}'`, `was changed there since app '${this.app}' published it (there, against what is rendered now: ` +
        `${handEdit(path, content, this.live.content(oid))}). Bring the change into the app, or publish with --overwrite to replace it`);
      return false;
    }
    this.adopted.push(path);
    return true;
  }

  /** Writes who owns a directory, if that is news. */
  private record(target: DesiredTarget, claim: FormerTarget | undefined): void {
    const ownership = ownershipOfTarget(target, claim?.ownership, this.context);
    const hasMoved = this.context.adopt && isElsewhere(claim?.url, this.context.source?.url);
    if (claim && !hasMoved && sameOwnership(claim.ownership, ownership)) {
      return;
    }
    const path = ownershipFileOf(target);
    const found = this.live.find(path);
    if (found.kind === 'obstacle') {
      this.refuseObstacle(path, found);
    } else {
      this.write(path, writeOwnership(ownership, this.context.source), found.kind === 'file' ? this.changed : this.added);
    }
  }

  /** The other app that owns a file; if none says so, one whose record cannot be read. */
  private ownerOf(path: string) {
    const owners = this.owners();
    return owners.find(({ record }) => record.kind === 'ours' && Object.hasOwn(record.ownership.files, path)) ??
      owners.find(({ record }) => record.kind === 'unreadable');
  }

  /**
   * The directories on this branch that are other apps', or may be. Looks through the whole branch, so only what is about to be
   * refused or adopted asks.
   */
  private owners() {
    this.foreignOwners ??= this.live.filesBelow('').filter((file) => file === OWNERSHIP_FILE || file.endsWith(`/${OWNERSHIP_FILE}`)).flatMap((file) => {
      const folder = file.slice(0, -OWNERSHIP_FILE.length - 1);
      const record = this.ownershipIn(folder);
      return record && (record.kind === 'unreadable' || record.ownership.app !== this.app) ? [{ folder, record }] : [];
    });
    return this.foreignOwners;
  }

  private write(path: string, content: Buffer, list: string[]): void {
    this.writes.set(path, content);
    list.push(path);
  }

  private refuseObstacle(path: string, { at, what }: Extract<LiveEntry, { kind: 'obstacle' }>): void {
    this.refuse(`'${at}'`, `is a ${what} on the branch, in the way of file '${path}'. Rename one of them, or delete that one there`);
  }

  private refuseUnreadable(folder: string, { problem, remedy }: Extract<OwnerRecord, { kind: 'unreadable' }>): void {
    this.refuse(`file '${ownershipFileOf({ path: folder })}'`, `${problem}, so that the owner is unknown. ${remedy}`);
  }

  private refuse(object: string, text: string): void {
    if (!this.refusals.has(object)) {
      this.refusals.set(object, `branch '${this.desired.branch}', ${object}: ${text}.`);
    }
  }
}
