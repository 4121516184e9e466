import { GoProgram } from './tools/go-program';
import { pullerProgram, registryProgram } from './tools/oci-registry';
import { ageKeygenProgram, sopsProgram } from './tools/sops';
import { oracleProgram } from './tools/yaml-oracle';

const PROGRAMS: GoProgram[] = [oracleProgram, registryProgram, pullerProgram, ageKeygenProgram, sopsProgram];

/** Builds what tests run, before they do: with nothing in Go's caches that takes longer than a test may. */
export default function buildPrograms(): void {
  for (const program of PROGRAMS) {
    if (!program.isBuilt) {
      process.stderr.write(`building ${program.name}, which tests run\n`);
    }
    try {
      program.ready();
    } catch (error) {
      // The tests that need it fail; the others need no Go.
      process.stderr.write(`${(error as Error).message}\n`);
    }
  }
}
