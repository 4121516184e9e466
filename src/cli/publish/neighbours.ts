import { createRequire } from 'module';
import { DesiredTarget } from './desired';
import { OwnerRecord } from './ownership';
import { recordAt } from './record-at';
import { isWithin, ownershipFileOf } from '../../manifest';
import { LiveBranch } from '../git/live-branch';

const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The record of a directory beside ours. */
export interface FoundRecord {
  readonly file: string;
  readonly record: OwnerRecord;
}

/** What stands around a config directory of ours: `apps/<cluster>/<app>`. */
export class Neighbourhood {
  private readonly cluster: string;

  constructor(private readonly live: LiveBranch, private readonly target: DesiredTarget) {
    this.cluster = target.path.split('/').slice(0, -1).join('/');
  }

  /** Records of the other apps of the cluster; what is not loaded yet is on the list of `live`. */
  public get others(): FoundRecord[] {
    const folders = this.live.foldersIn(this.cluster).map((name) => `${this.cluster}/${name}`);
    return this.recordsIn(folders.filter((folder) => folder !== this.target.path));
  }

  /** Records of the same app for other clusters. */
  public elsewhere(known: ReadonlySet<string>): FoundRecord[] {
    const [above, app] = [this.cluster.split('/').slice(0, -1).join('/'), this.target.path.split('/').pop()!];
    return this.recordsIn(this.live.foldersIn(above).map((name) => `${above}/${name}/${app}`).filter((folder) => !known.has(folder)));
  }

  /** Files outside the directory that a hand-made `kustomization.yaml` beside them does not list, so that Flux would pass them over. */
  public get unlisted(): { readonly file: string; readonly by: string }[] {
    return this.target.files.map(({ path }) => path).filter((path) => !isWithin(path, this.target.path)).flatMap((file) => {
      const folder = file.split('/').slice(0, -1).join('/');
      const name = file.slice(folder ? folder.length + 1 : 0);
      const found = KUSTOMIZATION_FILES.map((one) => folder ? `${folder}/${one}` : one).flatMap((path) => {
        const entry = this.live.find(path);
        return entry.kind === 'file' ? [{ path, content: this.live.content(entry.oid) }] : [];
      })[0];
      return found && !listedIn(found.content).includes(name) ? [{ file, by: found.path }] : [];
    });
  }

  private recordsIn(folders: string[]): FoundRecord[] {
    return folders.flatMap((folder) => {
      const record = recordAt(this.live, folder);
      return record && record.kind !== 'foreign' ? [{ file: ownershipFileOf({ path: folder }), record }] : [];
    });
  }
}

/** What a `kustomization.yaml` lists; nothing if it cannot be read. */
function listedIn(content: Buffer): string[] {
  try {
    const { load }: typeof import('js-yaml') = createRequire(__filename)('js-yaml');
    const { resources, components } = load(content.toString()) as any ?? {};
    return [resources, components].flat().filter((entry) => typeof entry === 'string').map((entry: string) => entry.replace(/^(\.\/+)+/, ''));
  } catch {
    return [];
  }
}
