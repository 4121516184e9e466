import { World } from './world';

/** Something that a user does, and what the cluster and the repositories then look like. */
export interface Scenario {
  /** One word. What it makes in the cluster is named after it. */
  readonly name: string;
  /** What holds, in half a sentence. */
  readonly proves: string;
  /** Whether it rests on what the stack alone has: its registry, or the status of a kind whose controller cannot be had, written by hand. */
  readonly onlyWithStandIns?: boolean;
  /** Whether it runs only if it is asked for by name. */
  readonly onlyIfNamed?: boolean;
  readonly run: (world: World) => Promise<void>;
}
