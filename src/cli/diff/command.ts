import { diff } from './diff';
import { MARKDOWN_LIMIT } from './markdown';
import { diffLines, diffMarkdown } from './report';
import { CliError, ExitCode } from '../cli-error';
import { Phase, Presenter } from '../presenter';
import { printableJson } from '../printable';

/** What commander makes of the options. */
export interface DiffArguments {
  readonly remote?: string[];
  readonly adopt?: boolean;
  readonly overwrite?: boolean;
  readonly allowOlder?: boolean;
  readonly deleteBranches?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly sourceCommit?: string;
  readonly sourceUrl?: string;
  readonly sourceDate?: string;
  readonly deadline: string;
}

/** Runs the subcommand and shows what it has found; the exit code. */
export async function runDiff(dist: string, options: DiffArguments): Promise<number> {
  const { remote: remotes = [], json = false, markdown = false } = options;
  if (json && markdown) {
    throw new CliError(ExitCode.USAGE, '--json and --markdown would both go to the standard output. Ask for one.');
  }
  // What is said while it goes on goes to the standard error, whatever the form of the result.
  const presenter = new Presenter({ quiet: options.quiet, verbose: options.verbose });
  const flags = { adopt: false, overwrite: false, allowOlder: false, deleteBranches: false, sign: false };
  const shown = { say: (line: string) => presenter.say(line), phase: (phase: Phase) => presenter.phase(phase) };
  const report = await diff({ ...flags, ...options, dist, remotes, ...shown });
  if (json || markdown) {
    presenter.document(json ? printableJson(JSON.stringify(report, undefined, 2)) + '\n' : diffMarkdown(report, MARKDOWN_LIMIT));
  } else if (report.outcome !== 'failed' || report.places.length) {
    presenter.result(diffLines(report, presenter.colours));
  }
  report.warnings.forEach((line) => presenter.line(`warning: ${line}`));
  report.errors.forEach((line) => presenter.line(`error: ${line}`));
  return report.exitCode;
}
