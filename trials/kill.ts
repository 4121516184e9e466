import { readdirSync, rmSync } from 'fs';
import { Aim, AnyMoment, ByHook, Victim, WhileLocked } from './aim';
import { ArtifactGround, WhileTagMoves } from './artifact-ground';
import { directories, GitGround, Ground, wholeBranches } from './ground';
import { Findings, Trial, TrialOptions, TrialResult } from './trial';
import { Transport, TRANSPORTS, World } from './world';

/** As many as the moving of branches has to be wide enough to be hit. */
const REFS = 1000;
const FEW_REFS = 100;
const DIRECTORIES = 200;
const ARTIFACTS = 40;
const VICTIMS: Victim[] = ['pid', 'group'];
/** A moment that came too late is tried again so many times, on average. */
const ATTEMPTS = 3;

/** A way to deliver, with what is aimed at in it. */
interface Mode {
  readonly name: string;
  readonly transports: Transport[];
  /** What there has to be for a kill to have hit what it was aimed at. */
  readonly held: string;
  /** What half of the kills are aimed at, and how. */
  aimed(world: World): Promise<{ ground: Ground; aim: Aim; what: string }>;
  /** What the other half hits anywhere. */
  loose(world: World, aimed: Ground): Promise<Ground>;
}

const branch: Mode = {
  name: 'branch',
  transports: TRANSPORTS,
  held: 'locks held',
  aimed: async (world) => {
    const ground = new GitGround(world, wholeBranches('branches', REFS));
    return { ground, aim: new WhileLocked(ground, REFS), what: `while git moves ${REFS} branches` };
  },
  loose: async (world) => new GitGround(world, wholeBranches('few-branches', FEW_REFS)),
};

const path: Mode = {
  name: 'path',
  transports: TRANSPORTS,
  held: 'locks held',
  aimed: async (world) => {
    const ground = new GitGround(world, directories('directories', DIRECTORIES, REFS));
    return { ground, aim: new ByHook(world, 'directories'), what: `while git holds the lock of the branch with ${DIRECTORIES} directories, beside ${REFS} branches` };
  },
  loose: async (world) => new GitGround(world, directories('few-directories', DIRECTORIES, 0)),
};

const oci: Mode = {
  name: 'oci',
  transports: ['http'],
  held: 'tags on their way',
  aimed: async (world) => {
    const ground = await ArtifactGround.open(world, ARTIFACTS);
    return { ground, aim: new WhileTagMoves(ground, ARTIFACTS), what: `while one of ${ARTIFACTS} tags is moved` };
  },
  // A registry holds no locks, so that one ground does for both.
  loose: async (_, aimed) => aimed,
};

/** `kill -9`, over and over. */
export const killed: Trial = {
  name: 'kill',
  what: 'kill -9 of a publish, its process or its process group: all old or all new, and a retry ends well',
  rounds: 200,
  run: async (options) => {
    const results: TrialResult[] = [];
    for (const mode of [branch, path, oci].filter(({ name }) => name.includes(options.only))) {
      results.push(await inMode(mode, options));
    }
    return { lines: results.flatMap(({ lines }) => lines), failures: results.flatMap(({ failures }) => failures) };
  },
};

async function inMode(mode: Mode, { rounds, end, say }: TrialOptions): Promise<TrialResult> {
  const world = await World.open();
  const findings = new Findings();
  const tally = new Tally();
  const grounds: Ground[] = [];
  try {
    const { ground, aim, what } = await mode.aimed(world);
    grounds.push(ground);
    const looseGround = await mode.loose(world, ground);
    const aimed = new Range(world, ground, findings, tally);
    const loose = looseGround === ground ? aimed : new Range(world, looseGround, findings, tally);
    await aimed.settle();
    const duration = Math.max(await loose.settle(), await loose.settle());
    for (let attempt = 0; tally.kills < rounds && attempt < ATTEMPTS * rounds + 10 && Date.now() < end; attempt++) {
      // Counted by what was really killed, so that all kinds come as often.
      const isAimed = tally.kills % 2 === 0;
      const victim = VICTIMS[Math.floor(tally.kills / 2) % 2];
      const transport = mode.transports[Math.floor(tally.kills / 4) % mode.transports.length];
      const where = `${mode.name}, ${transport}, ${victim}, ${isAimed ? what : 'at any moment'}`;
      await (isAimed ? aimed.kill(where, aim, victim, transport) : loose.kill(where, new AnyMoment(duration, looseGround), victim, transport));
      if (tally.kills % 10 === 0) {
        say(`kill, ${mode.name}: ${tally.kills} of ${rounds}, ${findings.failures.length} failures`);
      }
    }
    findings.expect(tally.kills === rounds, `${mode.name}: only ${tally.kills} of ${rounds} kills met a publish that ran`);
    return { lines: [`${mode.name}: ${tally.figures(what, mode.held)}`], failures: findings.failures };
  } finally {
    await Promise.all(grounds.map(async (one) => one.close?.()));
    await world.close();
  }
}

/** What was counted in one mode. */
class Tally {
  public kills = 0;
  public late = 0;
  public old = 0;
  public fresh = 0;
  public each = 0;
  public mixed = 0;
  public retried = 0;
  public locks = 0;
  public folders = 0;
  /** Kills with the locks that were held then, if any was. */
  public readonly hits: number[] = [];

  public figures(what: string, unit: string): string {
    const held = this.hits.length ? ` (${Math.min(...this.hits)} to ${Math.max(...this.hits)} ${unit})` : '';
    return `${this.kills} kills, half of them aimed: ${what}; ${this.hits.length} hit${held}; ${this.late} came too late and were made again; ` +
      `afterwards ${this.old} all old, ${this.fresh} all new, ${this.each ? `${this.each} each of them one of both, ` : ''}${this.mixed} anything else; ${this.retried} retries ended well; ${this.locks} locks and ${this.folders} temporary folders left`;
  }
}

/** One ground, on which publishes are killed. */
class Range {
  private version = 0;

  constructor(private readonly world: World, private readonly ground: Ground, private readonly findings: Findings, private readonly tally: Tally) {}

  /** Publishes a version that nobody disturbs; its duration in milliseconds. */
  public async settle(): Promise<number> {
    this.ground.render(++this.version);
    const start = Date.now();
    const { code, stderr } = await this.world.publish(this.ground.args('file'));
    if (code !== 0) {
      throw new Error(`a publish that nobody disturbs ended with ${code}: ${stderr}`);
    }
    return Date.now() - start;
  }

  public async kill(where: string, aim: Aim, victim: Victim, transport: Transport): Promise<void> {
    this.ground.render(++this.version);
    const before = await this.ground.look();
    aim.prepare?.();
    const child = this.world.start(this.ground.args(transport));
    const result = this.world.ended(child);
    const { locks } = await aim.shoot(child, victim);
    const { code, stderr } = await result;
    await this.world.quiet();
    if (code === 'SIGKILL') {
      this.tally.kills++;
      this.tally.hits.push(...locks ? [locks] : []);
    } else {
      this.tally.late++;
      this.findings.expect(code === 0, `${where}: ended with ${code} before it was killed: ${stderr.trim()}`);
    }
    const verdict = await this.ground.judge(before, this.version);
    if (code === 'SIGKILL') {
      this.count(verdict);
    }
    this.findings.expect(this.ground.promised.includes(verdict), `${where}: ${verdict}`);
    const left = this.ground.locks();
    this.tally.locks += left.length;
    this.findings.expect(left.length === 0, `${where}: ${left.length} locks were left behind: ${left.slice(0, 3).join(', ')}`);
    this.ground.removeLocks();
    this.removeFolders();
    await this.retry(where, verdict === 'new' ? undefined : before, transport, code === 'SIGKILL');
  }

  private async retry(where: string, before: Awaited<ReturnType<Ground['look']>> | undefined, transport: Transport, counted: boolean): Promise<void> {
    const now = await this.ground.look();
    const { code, stderr, stdout } = await this.world.publish(this.ground.args(transport));
    const after = await this.ground.judge(before ?? new Map(), this.version);
    const moved = [...await this.ground.look()].filter(([ref, at]) => now.get(ref) !== at).map(([ref]) => ref);
    // What had arrived is not published again.
    const twice = moved.filter((ref) => before === undefined || now.get(ref) !== before.get(ref));
    const well = code === 0 && twice.length === 0 && (before === undefined || after === 'new');
    this.findings.expect(well, `${where}: the retry ended with ${code}, all is ${after}, twice published is ${twice.join(', ') || 'nothing'}: ${stderr.trim()} ${stdout.slice(-200).trim()}`);
    this.tally.retried += Number(well && counted);
    const left = this.world.scene.leftovers();
    this.findings.expect(left.length === 0, `${where}: the retry left ${left.join(', ')} behind`);
  }

  private count(verdict: string): void {
    this.tally.old += Number(verdict === 'old');
    this.tally.fresh += Number(verdict === 'new');
    this.tally.each += Number(verdict === 'each');
    this.tally.mixed += Number(!['old', 'new', 'each'].includes(verdict));
  }

  /** What a program that is killed outright cannot take away. */
  private removeFolders(): void {
    for (const folder of readdirSync(this.world.scene.path('tmp'))) {
      this.tally.folders++;
      rmSync(this.world.scene.path('tmp', folder), { recursive: true, force: true });
    }
  }
}
