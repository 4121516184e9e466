import { diff } from './diff';
import { MARKDOWN_LIMIT } from './markdown';
import { diffLines, diffMarkdown, DiffReport } from './report';
import { CliError, ExitCode } from '../cli-error';

/** What commander makes of the options. */
export interface DiffArguments {
  readonly remote?: string[];
  readonly adopt?: boolean;
  readonly overwrite?: boolean;
  readonly allowOlder?: boolean;
  readonly deleteBranches?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
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
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const report = await diff({ adopt: false, overwrite: false, allowOlder: false, deleteBranches: false, ...options, dist, remotes, say });
  process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : markdown ? diffMarkdown(report, MARKDOWN_LIMIT) : shown(report));
  process.stderr.write([...report.warnings.map((line) => `warning: ${line}\n`), ...report.errors.map((line) => `error: ${line}\n`)].join(''));
  return report.exitCode;
}

function shown(report: DiffReport): string {
  const colours = process.stdout.isTTY === true && !process.env.NO_COLOR;
  return report.outcome === 'failed' && report.places.length === 0 ? '' : diffLines(report, colours).map((line) => `${line}\n`).join('');
}
