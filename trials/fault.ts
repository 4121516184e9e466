import { ChildProcess } from 'child_process';
import { GitGround } from './ground';
import { Transport, World } from './world';

/** Where a fault is made: a repository with branches of ours at the version before, and with some of others. */
export interface Stage {
  readonly world: World;
  readonly ground: GitGround;
  readonly transport: Transport;
  /** Name of the bare repository, for hooks and settings. */
  readonly repository: string;
  /** Runs git in it. */
  git(...args: string[]): string;
}

/** What a publish meets. */
export interface Broken {
  /** Exit codes that are right, or the signal that ends it. */
  readonly codes: (number | string)[];
  /** What it has to say of it, if anything. */
  readonly says?: RegExp;
  /** What is right afterwards, before anybody mends anything. */
  readonly leaves: ('old' | 'new' | 'partly')[];
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: string[];
  /** Whether the publish is killed, and so leaves its folder. */
  readonly killed?: boolean;
  /** Starts the publish in another way. */
  start?(args: string[]): ChildProcess;
  /** What an administrator has to do before the next attempt; what has to be there still is looked at here. */
  mend?(): void;
}

/** A row of the table. */
export interface Fault {
  readonly name: string;
  readonly transports: Transport[];
  /** Why it cannot be tried on this machine. */
  impossible?(): string | undefined;
  break(stage: Stage, attempt: number): Broken;
}
