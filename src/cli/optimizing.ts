import { setFlagsFromString } from 'v8';

/** How long a run is too short for it to pay, in milliseconds. */
const SHORT_RUN = 1_000;

/**
 * Keeps V8 from optimizing for a while: it does that beside the program, on a core that git needs.
 *
 * @returns lets it optimize from now on
 */
export function postponeOptimizing(): () => void {
  const resume = () => setFlagsFromString('--opt');
  setFlagsFromString('--no-opt');
  setTimeout(resume, SHORT_RUN).unref();
  return resume;
}
