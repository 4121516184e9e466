import { readFileSync, realpathSync, statSync, writeFileSync } from 'fs';
import { relative, sep } from 'path';
import { gitRoot } from './input';
import { ValidationReport, validationLines } from './report';
import { sarifLog } from './sarif';
import { validate, VALIDATION_RULES } from './validate';
import { CliError, ExitCode } from '../cli-error';

/** What commander makes of the options. */
export interface ValidateArguments {
  readonly json?: boolean;
  /** True where no file is named. */
  readonly sarif?: string | boolean;
  readonly exists?: string[];
  /** False if the option was given. */
  readonly crossNamespaceRefs: boolean;
  readonly strict?: boolean;
}

/** Runs the subcommand and shows what it has found; the exit code. */
export function runValidate(paths: string[], options: ValidateArguments, version: string): number {
  const { json = false, sarif = false, exists = [], crossNamespaceRefs, strict = false } = options;
  if (typeof sarif === 'string') {
    requireOutput(sarif);
  }
  if (json && sarif === true) {
    throw new CliError(ExitCode.USAGE, '--json and --sarif would both go to the standard output. Name a file for one: --sarif FILE.');
  }
  const report = validate({ paths, exists, strict, noCrossNamespaceRefs: !crossNamespaceRefs, standardInput: readStandardInput });
  const log = () => `${JSON.stringify(sarifLog(report, VALIDATION_RULES, version, folderInRepository()), undefined, 2)}\n`;
  if (typeof sarif === 'string') {
    write(sarif, log());
  }
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : sarif === true ? log() : shown(report));
  return report.exitCode;
}

function shown(report: ValidationReport): string {
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return validationLines(report, colours).map((line) => `${line}\n`).join('');
}

/** Refuses to write over what is no report of findings: `--sarif` takes the word that follows it, which may be meant as what to check. */
function requireOutput(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats && (!stats.isFile() || stats.size > 0 && !readFileSync(file, 'utf8').includes('"runs"'))) {
    throw new CliError(ExitCode.USAGE, `--sarif: ${file} is there, and is no SARIF log. To check it, put it before '--sarif' (or write --sarif=FILE); else name another file.`);
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CliError(ExitCode.USAGE, `--sarif: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}). Name another file.`);
  }
}

function readStandardInput(): string {
  try {
    return readFileSync(0, 'utf8');
  } catch (error) {
    throw new CliError(ExitCode.INVALID_INPUT, `the standard input cannot be read (${(error as NodeJS.ErrnoException).code}). Pipe YAML into it.`);
  }
}

function folderInRepository(): string {
  const here = realpathSync('.');
  return relative(gitRoot(here) ?? here, here).split(sep).join('/');
}
