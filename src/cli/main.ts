#!/usr/bin/env node
import { run } from './program';

// A reader that has seen enough (`| head`) is no failure; the publishing goes on.
[process.stdout, process.stderr].forEach((stream) => stream.on('error', () => undefined));

void run(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
