const MODULUS = 2 ** 31 - 1;

/** Numbers that look random, and are the same for the same seed. */
export class Dice {
  /** @param state an integer from 1, less than two to the power of 31 */
  constructor(private state: number) {}

  /** An integer from 0, less than that. */
  public below(limit: number): number {
    this.state = this.state * 48271 % MODULUS;
    return Math.floor(this.state / MODULUS * limit);
  }

  public pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
}
