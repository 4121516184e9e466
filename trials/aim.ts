import { ChildProcess } from 'child_process';
import { readFileSync, rmSync } from 'fs';
import { setImmediate, setTimeout } from 'timers/promises';
import { GitGround } from './ground';
import { kill, World } from './world';

/** Who gets the signal. */
export type Victim = 'pid' | 'group';

export interface Shot {
  /** Whether it was running when it was killed. */
  readonly killed: boolean;
  /** Locks of the repository that were held just then. */
  readonly locks: number;
}

/** Kills a publish at a certain moment. */
export interface Aim {
  /** Done before the publish starts. */
  prepare?(): void;
  shoot(child: ChildProcess, victim: Victim): Promise<Shot>;
}

/** Nothing we look at goes on for longer. */
const LONGEST_LOOK = 1000;

/** At any moment of the time that it takes. */
export class AnyMoment implements Aim {
  /** @param duration of a publish that nobody disturbs, in milliseconds */
  constructor(private readonly duration: number, private readonly ground: { locks(): string[] }) {}

  public async shoot(child: ChildProcess, victim: Victim): Promise<Shot> {
    const moment = new AbortController();
    child.once('exit', () => moment.abort());
    await setTimeout(Math.random() * this.duration, undefined, { signal: moment.signal }).catch(() => undefined);
    const locks = this.ground.locks().length;
    return { killed: shootAt(child, victim), locks };
  }
}

/**
 * In the phase in which git moves the branches: it locks one after the other, and then renames the locks one after the other. At a
 * random number of locks on the way up or down, by looking at the folder without a pause.
 */
export class WhileLocked implements Aim {
  constructor(private readonly ground: GitGround, private readonly refs: number) {}

  public async shoot(child: ChildProcess, victim: Victim): Promise<Shot> {
    const reached = lockCountReaches(this.ground, this.refs, Math.random() < 0.5);
    while (child.exitCode === null && child.signalCode === null) {
      const locks = reached();
      if (locks !== undefined) {
        return { killed: shootAt(child, victim), locks };
      }
      await setImmediate();
    }
    return { killed: false, locks: 0 };
  }
}

/**
 * Looks once, or, from the first lock on, until a random moment of the phase. Returns the number of locks then.
 *
 * @param falling whether the moment is on the way down, when branches move
 */
export function lockCountReaches(ground: GitGround, refs: number, falling: boolean): () => number | undefined {
  const wanted = 1 + Math.floor(Math.random() * refs);
  return () => {
    let locks = ground.lockCount();
    if (locks === 0) {
      return undefined;
    }
    // Here nothing else gets its turn, for a turn is as long as the phase.
    const end = Date.now() + LONGEST_LOOK;
    for (let most = locks; Date.now() < end; locks = ground.lockCount()) {
      most = Math.max(most, locks);
      if (locks < most ? !falling || locks <= wanted : !falling && locks >= wanted) {
        break;
      }
    }
    return locks;
  };
}

/** When the remote's git has all its locks and has moved nothing: its own hook does it, so that it cannot miss. */
export class ByHook implements Aim {
  private readonly victim: string;
  private readonly count: string;

  constructor(private readonly world: World, private readonly name: string) {
    this.victim = world.scene.path(`${name}-victim`);
    this.count = world.scene.path(`${name}-locks`);
    world.scene.hook(`${name}.git`, 'reference-transaction', `test "$1" = prepared && mv "${this.victim}" "${this.victim}-taken" 2>/dev/null || exit 0
      find . -name '*.lock' | wc -l > "${this.count}"
      kill -s KILL -- "$(cat "${this.victim}-taken")"`);
  }

  public prepare(): void {
    [this.victim, this.count].forEach((file) => rmSync(file, { force: true }));
  }

  public async shoot(child: ChildProcess, victim: Victim): Promise<Shot> {
    this.world.scene.write(`${this.name}-victim`, String(victim === 'group' ? -child.pid! : child.pid!));
    await new Promise((resolve) => child.once('exit', resolve));
    rmSync(this.victim, { force: true });
    return { killed: child.signalCode === 'SIGKILL', locks: child.signalCode === 'SIGKILL' ? Number(readFileSync(this.count, 'utf8')) : 0 };
  }
}

/** Kills what still runs; false if it has ended. */
export function shootAt(child: ChildProcess, victim: Victim): boolean {
  return child.exitCode === null && child.signalCode === null && kill(victim === 'group' ? -child.pid! : child.pid!);
}
