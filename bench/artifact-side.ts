import * as fs from 'fs';
import * as path from 'path';
import { MAIN, run } from './process';
import { Sample, Side } from './side';
import { inFolder, Place } from './synth-side';
import { OciRegistry } from '../test/tools/oci-registry';

const NAME = 'registry';
const PLACE = 'bench';
const TAG = 'latest';

/** So many artifacts, and how often in a turn. */
export interface ArtifactProgram {
  readonly name: string;
  readonly count: number;
  readonly turn: number;
  /** Whether the registry holds them already. */
  readonly published: boolean;
}

/** The command of this package. */
export function artifactCommandSide(place: Place, program: ArtifactProgram): Side {
  return artifactSide(place, program, async (rendered, registry) => [process.execPath, MAIN, 'publish', rendered, '--remote', `${NAME}=${registry.url(PLACE)}`]);
}

/** The same requests with the same bytes, and no more: what was uploaded is uploaded again, and what was read is read. */
export function artifactFloorSide(place: Place, program: ArtifactProgram): Side {
  return artifactSide(place, program, async (rendered, registry) => {
    const what = program.published ? [path.join(rendered, NAME)] : [await uploadsOf(place, program)];
    return [process.execPath, path.join(place.programs, 'registry-floor.js'), program.published ? 'read' : 'upload', `http://${registry.host}`, ...what];
  });
}

function artifactSide(place: Place, program: ArtifactProgram, argvOf: (rendered: string, registry: OciRegistry) => Promise<string[]>): Side {
  const { name, count, turn, published } = program;
  return {
    name,
    turn,
    measure: async () => publish(false),
    inspect: async () => publish(true),
  };

  async function publish(watched: boolean): Promise<Sample> {
    const rendered = await render(place, count);
    // A new one each time: it keeps blobs by their digest alone.
    const registry = await OciRegistry.start();
    try {
      return await inFolder(place, async (folder) => {
        if (published) {
          await publishTo(registry, rendered);
        }
        const { wall, peak } = await run({ argv: await argvOf(rendered, registry), cwd: folder, env: { ...process.env, HOME: folder } }, watched);
        await check(registry, count);
        const times: Sample['times'] = watched ? {} : { 'whole process': wall };
        return { times, peak };
      });
    } finally {
      await registry.stop();
    }
  }
}

/** The files of so many services, each an artifact of its own. */
async function render({ programs, temporary }: Place, count: number): Promise<string> {
  const folder = path.join(temporary, `rendered-artifacts-${count}`);
  if (!fs.existsSync(folder)) {
    const branches = path.join(temporary, `rendered-artifacts-${count}-from`);
    await run({ argv: [process.execPath, path.join(programs, 'synth.js'), 'nodezoo-branches', String(count), branches] });
    const { repositories: [{ targets }], ...manifest } = JSON.parse(fs.readFileSync(path.join(branches, 'delivery.json'), 'utf8'));
    const artifacts = targets.map(({ branch, files }: { branch: string; files: string[] }) => {
      fs.cpSync(path.join(branches, 'manifests', branch), path.join(folder, NAME, branch, TAG), { recursive: true });
      return { artifact: branch, tag: TAG, files };
    });
    const registries = [{ name: NAME, url: 'oci://registry.example.com/bench', artifacts }];
    fs.writeFileSync(path.join(folder, 'delivery.json'), JSON.stringify({ ...manifest, repositories: [], registries, unclaimed: [] }));
    fs.rmSync(branches, { recursive: true });
  }
  return folder;
}

/** What the command uploads for them: manifests and the blobs that these name, taken from a registry. */
async function uploadsOf(place: Place, { count }: ArtifactProgram): Promise<string> {
  const folder = path.join(place.temporary, `uploads-${count}`);
  if (!fs.existsSync(folder)) {
    const rendered = await render(place, count);
    const registry = await OciRegistry.start();
    try {
      await publishTo(registry, rendered);
      for (const name of fs.readdirSync(path.join(rendered, NAME))) {
        const url = `http://${registry.host}/v2/${PLACE}/${name}`;
        const manifest = Buffer.from(await (await fetch(`${url}/manifests/${TAG}`)).arrayBuffer());
        fs.mkdirSync(path.join(folder, name), { recursive: true });
        fs.writeFileSync(path.join(folder, name, 'manifest'), manifest);
        const { config, layers } = JSON.parse(manifest.toString());
        for (const { digest } of [...layers, config]) {
          fs.writeFileSync(path.join(folder, name, digest), Buffer.from(await (await fetch(`${url}/blobs/${digest}`)).arrayBuffer()));
        }
      }
    } finally {
      await registry.stop();
    }
  }
  return folder;
}

async function publishTo(registry: OciRegistry, rendered: string): Promise<void> {
  await run({ argv: [process.execPath, MAIN, 'publish', rendered, '--remote', `${NAME}=${registry.url(PLACE)}`], cwd: rendered });
}

async function check(registry: OciRegistry, count: number): Promise<void> {
  const { repositories } = await (await fetch(`http://${registry.host}/v2/_catalog?n=100000`)).json() as { repositories: string[] };
  if (repositories.length !== count || await registry.digest(repositories[count - 1], TAG) === undefined) {
    throw new Error(`${repositories.length} of ${count} artifacts were published`);
  }
}
