import { ChildProcess } from 'child_process';
import { existsSync, readFileSync, rmSync } from 'fs';
import { setImmediate } from 'timers/promises';
import { lockCountReaches } from './aim';
import { GitGround, wholeBranches } from './ground';
import { meanAndMost } from './report';
import { Findings, Trial, TrialOptions, TrialResult } from './trial';
import { groupOf, kill, Transport, TRANSPORTS, World } from './world';
import { Outcome } from '../test/cli/scene';

const REFS = 1000;
const NAME = 'branches';
/** For a publish that is to meet a lock; time enough to come to the push on a busy machine. */
const DEADLINE = '15s';

/**
 * The crash of the other side, of which nobody can promise anything: git renames the locks of an atomic push one after the other. What
 * has to hold is that the next publish names a lock that stays, does not take it away, and brings all branches to the new state
 * once it is gone.
 */
export const crash: Trial = {
  name: 'crash',
  what: `kill -9 of the remote's git while it moves ${REFS} branches: locks are named, never deleted, and a publish after that mends all`,
  rounds: 10,
  run: async (options) => {
    const results: TrialResult[] = [];
    for (const transport of TRANSPORTS.filter((name) => name.includes(options.only))) {
      results.push(await overTransport(transport, options));
    }
    return { lines: results.flatMap(({ lines }) => lines), failures: results.flatMap(({ failures }) => failures) };
  },
};

async function overTransport(transport: Transport, { rounds, end, say }: TrialOptions): Promise<TrialResult> {
  const world = await World.open();
  try {
    const server = new CrashingServer(world, transport);
    await server.settle();
    let round = 0;
    while (round < rounds && Date.now() < end) {
      await server.crash(`${transport}, crash ${++round}`, transport === 'file' && round % 2 === 0);
      say(`crash, ${transport}: ${round} of ${rounds}, ${server.findings.failures.length} failures`);
    }
    server.findings.expect(round === rounds, `${transport}: time was up after ${round} of ${rounds} crashes`);
    return { lines: [`${transport}: ${server.figures()}`], failures: server.findings.failures };
  } finally {
    await world.close();
  }
}

class CrashingServer {
  public readonly findings = new Findings();
  private readonly ground: GitGround;
  private readonly moved: number[] = [];
  private readonly locks: number[] = [];
  private named = 0;
  private mended = 0;
  private version = 0;

  constructor(private readonly world: World, private readonly transport: Transport) {
    this.ground = new GitGround(world, wholeBranches(NAME, REFS));
    const [armed, receiver, seen] = ['armed', 'receiver', 'seen'].map((file) => world.scene.path(file));
    // Says who it is when it has all its locks, once, and goes on when that was heard.
    world.scene.hook(`${NAME}.git`, 'reference-transaction', `test "$1" = prepared && rm "${armed}" 2>/dev/null || exit 0
      echo $PPID > "${receiver}.part"; mv "${receiver}.part" "${receiver}"
      until test -e "${seen}" || ! test -d "${world.scene.folder}"; do sleep 0.01; done`);
  }

  public async settle(): Promise<void> {
    this.ground.render(++this.version);
    const { code, stderr } = await this.world.publish(this.ground.args('file'));
    if (code !== 0) {
      throw new Error(`a publish that nobody disturbs ended with ${code}: ${stderr}`);
    }
  }

  public async crash(where: string, withPush: boolean): Promise<void> {
    this.ground.render(++this.version);
    const before = await this.ground.look();
    ['receiver', 'seen'].forEach((file) => rmSync(this.world.scene.path(file), { force: true }));
    this.world.scene.write('armed', '');
    const child = this.world.start([...this.ground.args(this.transport), '--deadline', DEADLINE]);
    const result = this.world.ended(child);
    this.findings.expect(await this.killReceiver(child, withPush), `${where}: the remote's git could not be killed`);
    const met = await result;
    await this.world.quiet();

    const after = await this.ground.look();
    this.moved.push([...after].filter(([ref, commit]) => before.get(ref) !== commit).length);
    const left = this.ground.locks();
    this.locks.push(left.length);
    this.findings.expect([...before.keys()].every((ref) => after.has(ref)), `${where}: branches are gone`);
    if (left.length) {
      // It may have had no time left for an attempt that meets them.
      this.findings.expect(met.code === 6, `${where}: ended with ${met.code}: ${met.stderr.trim()}`);
      this.expectNamed(`${where}, the publish after`, await this.world.publish([...this.ground.args(this.transport), '--deadline', DEADLINE]), left);
      this.findings.expect(this.ground.locks().join() === left.join(), `${where}: locks have come or gone`);
      this.ground.removeLocks();
    }
    const { code, stderr } = await this.world.publish(this.ground.args(this.transport));
    const verdict = await this.ground.judge(before, this.version);
    this.mended += Number(this.findings.expect(code === 0 && verdict === 'new', `${where}: the publish without locks ended with ${code}, and all is ${verdict}: ${stderr.trim()}`));
  }

  public figures(): string {
    return `${this.moved.length} crashes; ${meanAndMost(this.moved)} of ${REFS} branches had moved, ${meanAndMost(this.locks)} locks were left; ` +
      `${this.named} publishes after that named one, none was deleted; without them ${this.mended} publishes brought all branches to the new state`;
  }

  /** While branches move; the receiver alone, or with the push that it is a child of. */
  private async killReceiver(child: ChildProcess, withPush: boolean): Promise<boolean> {
    const receiver = this.world.scene.path('receiver');
    while (!existsSync(receiver)) {
      if (child.exitCode !== null || child.signalCode !== null) {
        return false;
      }
      await setImmediate();
    }
    const pid = Number(readFileSync(receiver, 'utf8'));
    const group = withPush ? groupOf(pid) : undefined;
    this.world.scene.write('seen', '');
    lockCountReaches(this.ground, REFS, true)();
    return kill(group ? -group : pid);
  }

  private expectNamed(where: string, { code, stderr }: Outcome, left: string[]): void {
    const named = /holds the lock '([^']*)'/.exec(stderr)?.[1];
    const well = code === 6 && left.some((lock) => named?.endsWith(lock));
    this.named += Number(this.findings.expect(well, `${where}: ended with ${code}, and names no lock that is there: ${stderr.trim()}`));
  }
}
