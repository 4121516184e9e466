import { ChildProcess } from 'child_process';
import { gunzipSync } from 'zlib';
import { Aim, Shot, shootAt, Victim } from './aim';
import { contentOf, Ground, Look, Verdict } from './ground';
import { World } from './world';
import { OciRegistry } from '../test/tools/oci-registry';
import { Intercept, RegistryProxy } from '../test/tools/registry-proxy';

const PLACE = 'team';
const TAG = 'latest';

/** Artifacts in a real registry, each of which moves by itself. */
export class ArtifactGround implements Ground {
  public static async open(world: World, count: number): Promise<ArtifactGround> {
    const ground = new ArtifactGround(world, Array.from({ length: count }, (_, index) => `web-${index}`), await OciRegistry.start());
    ground.proxy = await RegistryProxy.start(ground.registry, (passing) => ground.intercept?.(passing) ?? false);
    return ground;
  }

  public readonly promised = ['old', 'new', 'each'];
  /** What happens to a request before the registry sees it. */
  public intercept?: Intercept;
  private proxy!: RegistryProxy;

  private constructor(private readonly world: World, private readonly artifacts: string[], private readonly registry: OciRegistry) {}

  public args(): string[] {
    return ['artifacts'];
  }

  public render(version: number): void {
    this.world.commitSource();
    const files = { 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': contentOf(version) };
    this.world.scene.renderArtifacts(this.proxy.url(PLACE), Object.fromEntries(this.artifacts.map((name) => [name, files])), {}, 'work/artifacts');
  }

  public async look(): Promise<Look> {
    const digests = await Promise.all(this.artifacts.map(async (name) => [name, await this.registry.digest(`${PLACE}/${name}`, TAG)] as const));
    return new Map(digests.flatMap(([name, digest]) => digest ? [[name, digest]] : []));
  }

  public async judge(before: Look, version: number): Promise<Verdict> {
    const after = await this.look();
    const moved = [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
    const wrong = (await Promise.all(moved.map(async (name) => (await this.holds(name, version)) ? [] : [name]))).flat();
    const gone = [...before.keys()].filter((name) => !after.has(name));
    if (wrong.length + gone.length) {
      return `neither old nor new: ${wrong.join(', ') || 'none'}; gone: ${gone.join(', ') || 'none'}`;
    }
    return moved.length === 0 ? 'old' : moved.length === this.artifacts.length ? 'new' : 'each';
  }

  public locks(): string[] {
    return [];
  }

  public removeLocks(): void {
    // There are none.
  }

  public async close(): Promise<void> {
    await this.proxy.close();
    await this.registry.stop();
  }

  /** Whether all that a tag points at is there, and is of a version. */
  private async holds(name: string, version: number): Promise<boolean> {
    const { config, layers } = await this.registry.manifest(`${PLACE}/${name}`, TAG);
    const [layer, settings] = await Promise.all([layers[0], config].map(async ({ digest }) => fetch(`http://${this.registry.host}/v2/${PLACE}/${name}/blobs/${digest}`)));
    return layer.ok && settings.ok && layers.length === 1 && gunzipSync(Buffer.from(await layer.arrayBuffer())).includes(contentOf(version));
  }
}

/** While a tag is on its way: before it has arrived, when it has, or when the registry has answered and nobody has heard it. */
export class WhileTagMoves implements Aim {
  constructor(private readonly ground: ArtifactGround, private readonly count: number) {}

  public async shoot(child: ChildProcess, victim: Victim): Promise<Shot> {
    const wanted = 1 + Math.floor(Math.random() * this.count);
    const moment = ['lost', 'arrived', 'answered'][Math.floor(Math.random() * 3)];
    let shot: Shot = { killed: false, locks: 0 };
    let begun = 0;
    let moving = 0;
    this.ground.intercept = async ({ line, forward }) => {
      if (!/^PUT .*\/manifests\//.test(line)) {
        return false;
      }
      moving++;
      const ours = ++begun === wanted;
      if (ours && moment !== 'answered') {
        shot = { killed: shootAt(child, victim), locks: moving };
      }
      if (!ours || moment !== 'lost') {
        await forward();
      }
      if (ours && moment === 'answered') {
        shot = { killed: shootAt(child, victim), locks: moving };
      }
      moving--;
      return ours && moment === 'lost';
    };
    await new Promise((resolve) => child.once('exit', resolve));
    this.ground.intercept = undefined;
    return shot;
  }
}
