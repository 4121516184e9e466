#!/usr/bin/env node
import { ExitCode } from './cli-error';
import { run } from './program';

/** What says that all went well, and of which nobody has read the result. */
const RESULTS: number[] = [ExitCode.DONE, ExitCode.DIFFERENT, ExitCode.FINDINGS];
let unwritten: NodeJS.ErrnoException | undefined;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that has seen enough (`| head`) is no failure; the publishing goes on.
  if (error.code !== 'EPIPE' && !unwritten) {
    unwritten = error;
    process.stderr.write(`error: the standard output cannot be written (${error.code ?? error.message}): not all of the result is there. ` +
      'Make room, or send it elsewhere, and run it again.\n');
  }
});
// Here is nobody left to tell.
process.stderr.on('error', () => undefined);
process.on('exit', (exitCode) => {
  if (unwritten && RESULTS.includes(exitCode)) {
    process.exitCode = ExitCode.USAGE;
  }
});

void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
