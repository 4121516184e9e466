import { GoProgram } from './tools/go-program';
import { pullerProgram, registryProgram } from './tools/oci-registry';
import { ageKeygenProgram, sopsProgram } from './tools/sops';
import { oracleProgram } from './tools/yaml-oracle';

const PROGRAMS: GoProgram[] = [oracleProgram, registryProgram, pullerProgram, ageKeygenProgram, sopsProgram];

/** Builds what tests run, before they do: with nothing in Go's caches that takes longer than a test may. */
export default function buildPrograms(): void {
  for (const program of PROGRAMS) {
    try {
      program.ready();
    } catch {
      // The tests that need it say so; the others need no Go.
    }
  }
}
