/** What one run of one side of a comparison gave. Times are in milliseconds, memory in bytes. */
export interface Sample {
  /** By what is timed; the first is what the target is about. */
  readonly times: { readonly [what: string]: number };
  readonly peak?: number;
  /** Where the time went; only if that was asked for. */
  readonly phases?: { readonly [phase: string]: number };
}

/** One of the two things that are compared. */
export interface Side {
  readonly name: string;
  /** How many runs are a turn: more for a side that is much the quicker, whose single run would be left to chance. */
  readonly turn: number;
  /** A run as users have it. */
  measure(): Promise<Sample>;
  /** A run that is not timed for the comparison, with whatever slows it down to see more. */
  inspect?(): Promise<Sample>;
  /** The objects that a run of few services writes, sorted, for a look whether the two sides do the same. */
  objects?(): Promise<unknown[]>;
}
