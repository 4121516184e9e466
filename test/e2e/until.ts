const PAUSE = 150;
/** Several times what anything takes on two idle cores. */
const PATIENCE = 150_000;

/**
 * Waits until something holds, looking at it again and again. Only a try that throws `Wait` is made again: every other error ends the waiting.
 *
 * @param what what is waited for, as a sentence
 * @throws if it does not hold in time, with what was seen last
 */
export async function until<T>(what: string, look: () => Promise<T | false | undefined>): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    let seen = '';
    try {
      const found = await look();
      if (found) {
        return found;
      }
    } catch (error) {
      if (!(error instanceof Wait)) {
        throw error;
      }
      seen = error.message;
    }
    if (Date.now() > deadline) {
      throw new Error(`waited ${PATIENCE / 1000} s, and it does not hold that ${what}${seen && `: ${seen}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** Not yet. The message says what was seen instead. */
export class Wait extends Error {}
