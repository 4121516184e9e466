import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { Command, CommanderError, Option } from 'commander';
import { CliError, ExitCode } from './cli-error';
import { failedReport } from './failed-report';
import { branchProblem } from '../manifest';
import { Phase, Presenter } from './presenter';
import { printableLines } from './printable';
import { publish } from './publish/publish';
import { placesOf, PublishReport, reportLines } from './publish/report';
import { Review, ReviewRequest } from './publish/review';
import { StrictCommand } from './strict-command';

const EXAMPLES = `
Examples:
  cdk8s-fluxcd publish                                    what dist/ holds, to the repositories that the app names
  cdk8s-fluxcd publish --dry-run                          says what would change
  cdk8s-fluxcd publish --remote manifests=../mirror.git   the repository 'manifests' somewhere else
  cdk8s-fluxcd publish --adopt                            the first time, over files that something else has published
  cdk8s-fluxcd publish --review new-port                  to branches for review, with a request to merge where the host takes one
  cdk8s-fluxcd publish --allow-older                      what an older commit rendered: a roll-back
  cdk8s-fluxcd publish --json | jq -r 'select(.event == "report").repositories[].branches[] | select(.pushed) | .branch'

Credentials of https remotes come from git's credential helpers, or from CDK8S_FLUXCD_USERNAME and CDK8S_FLUXCD_PASSWORD.

Exit codes:
  0  published, or nothing to do               5  git, the remote or the network
  2  command line or environment               6  the deadline has passed; worth another run
  3  the output folder or its delivery.json    129, 130, 143  interrupted
  4  refused: not ours, older than what is     1  a mistake of this program
     there, or it would break others
`;

const VALIDATE_EXAMPLES = `
Examples:
  cdk8s-fluxcd validate                                   dist/, or else the current folder
  cdk8s-fluxcd validate clusters apps                     these folders; the rest of their Git repository tells what belongs together
  kustomize build apps/production | cdk8s-fluxcd validate -
  cdk8s-fluxcd validate --exists HelmRepository/flux-system/podinfo --exists Namespace/shop
  cdk8s-fluxcd validate --sarif flux.sarif                for code scanning, beside the lines on the standard output

It reads files alone: no cluster, no network. Overlays are built as far as that is certain.

Exit codes:
  0  no errors                                 3  nothing to check: no such path, no YAML
  2  command line                              7  findings with errors (with --strict, any findings)
  1  a mistake of this program
`;

const DIFF_EXAMPLES = `
Examples:
  cdk8s-fluxcd diff                                       what publishing dist/ would do to each object, and what Flux makes of it
  cdk8s-fluxcd diff --markdown > comment.md               for a comment on a merge request
  cdk8s-fluxcd diff --json | jq -r '.places[].changes[] | select(.effect == "pruned") | .object'
  cdk8s-fluxcd diff --overwrite                           what was changed by hand, and would be taken back

It reads the remotes, and pushes nothing. Credentials as for publish; values of Secrets are never shown.

Exit codes:
  0  no difference                             4  publish would refuse, see there
  8  publishing would change something         5  git, the remote or the network
  2  command line or environment               6  the deadline has passed; worth another run
  3  the output folder or its delivery.json    129, 130, 143  interrupted
  1  a mistake of this program
`;

/** Runs the command line; the exit code. */
export async function run(args: string[]): Promise<number> {
  let exitCode: number = ExitCode.DONE;
  const program = new StrictCommand('cdk8s-fluxcd')
    .description('Delivers what a cdk8s app has rendered to what Flux reads: branches and paths of Git repositories, artifacts of registries.')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(printableLines(text)) })
    .showHelpAfterError('(cdk8s-fluxcd --help says more)')
    .version(version());
  withSource(withVerbosity(program.command('publish')
    .description('Brings the branches, paths and artifacts that delivery.json names to the rendered state: one commit for each branch that changed, one push for each repository; '
      + 'artifacts are pushed, and their tags moved, before that.')
    .argument('[dist]', 'the output folder', 'dist')
    .option('--remote <NAME=URL>', 'where a repository is, instead of where the app says; may be repeated', repeated)
    .option('--adopt', 'take over files and directories that cdk8s-fluxcd did not publish')
    .option('--overwrite', 'replace what was changed by hand since it was published')
    .option('--allow-older', 'go back to an older source commit')
    .option('--delete-branches', 'delete what the app no longer delivers, after its Flux objects')
    .option('--review <NAME>', "branches 'review/NAME/APP/...' instead of those that Flux reads, for a request to merge; no artifacts")
    .addOption(new Option('--review-request <HOW>', 'how such a request is opened').choices(Object.values(ReviewRequest)).default(ReviewRequest.PUSH_OPTIONS))
    .option('--message <TEXT>', "what the commits say first (default: the source commit's subject)")
    .option('--author <NAME-AND-ADDRESS>', "'Ann <ann@example.com>' (default: git's own)")
    .option('--no-gpg-sign', 'unsigned commits, also where git is configured to sign (commit.gpgSign)')
    .option('--dry-run', 'everything but commits and the push')
    .option('--json', 'JSON on the standard output, an event a line; the last one is the report')))
    .option('--deadline <DURATION>', 'until when to start again, when others publish at the same time', '5m')
    .addHelpText('after', EXAMPLES)
    .action(async (dist: string, options, command: Command) => {
      if (options.message?.trim() === '') {
        throw new CliError(ExitCode.USAGE, "--message: is empty. Say what the commits bring, or leave it out for the source commit's subject.");
      }
      refuseReviewOptions(options, command.getOptionValueSource('reviewRequest') === 'cli');
      const presenter = new Presenter(options);
      const { remote: remotes = [] } = options;
      const flags = { adopt: false, overwrite: false, allowOlder: false, deleteBranches: false, dryRun: false };
      const review = options.review === undefined ? undefined : reviewOf(options);
      const shown = { say: (line: string) => presenter.say(line), phase: (phase: Phase) => presenter.phase(phase) };
      const report = await publish({ ...flags, ...options, review, sign: options.gpgSign, dist, remotes, ...shown });
      show(report, presenter, options.json);
      exitCode = report.exitCode;
    });
  withSource(withVerbosity(program.command('diff')
    .description('Says what publishing would do to each object, and what Flux and Kubernetes would make of it; pushes nothing.')
    .argument('[dist]', 'the output folder', 'dist')
    .option('--remote <NAME=URL>', 'where a repository is, instead of where the app says; may be repeated', repeated)
    .option('--adopt', 'as if published with --adopt')
    .option('--overwrite', 'as if published with --overwrite')
    .option('--allow-older', 'as if published with --allow-older')
    .option('--delete-branches', 'as if published with --delete-branches')
    .option('--json', 'one JSON document on the standard output')
    .option('--markdown', 'the text of a comment on a merge request')))
    .option('--deadline <DURATION>', 'until when to ask again, when a remote does not answer', '5m')
    .addHelpText('after', DIFF_EXAMPLES)
    .action(async (dist: string, options) => {
      // Loaded only here: what reads YAML takes its time.
      const { runDiff }: typeof import('./diff/command') = createRequire(__filename)('./diff/command');
      exitCode = await runDiff(dist, options);
    });
  program.command('validate')
    .description('Checks the Flux objects of a repository, or of what was rendered: their schema, and what they name of each other.')
    .argument('[paths...]', "files and folders of YAML, '-' for the standard input (default: dist if it is there, else the current folder)")
    .option('--exists <KIND/NAMESPACE/NAME>', 'an object that is made elsewhere (KIND/NAME if in no namespace); may be repeated', repeated)
    .option('--no-cross-namespace-refs', 'the controllers run with --no-cross-namespace-refs=true')
    .option('--strict', 'warnings fail too')
    .option('--json', 'one JSON document on the standard output')
    .option('--sarif [FILE]', 'SARIF 2.1.0, in a file or on the standard output')
    .addHelpText('after', VALIDATE_EXAMPLES)
    .action(async (paths: string[], options) => {
      // Loaded only here: the rules and the schemas take their time.
      const { runValidate }: typeof import('./validate/command') = createRequire(__filename)('./validate/command');
      exitCode = runValidate(paths, options, version());
    });
  program.commands.forEach((command) => command.showHelpAfterError(`(cdk8s-fluxcd ${command.name()} --help says more)`));
  try {
    await program.parseAsync(withoutHelpOfNothing(args, program), { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) {
      return ExitCode.DONE;
    }
    const { exitCode: code, lines } = failureOf(error);
    // Commander has told of its own.
    if (!(error instanceof CommanderError)) {
      process.stderr.write(lines.map((line) => `error: ${printableLines(line)}\n`).join(''));
    }
    process.stdout.write(failedReport(args, code, lines) ?? '');
    return code;
  }
  return exitCode;
}

function failureOf(error: unknown): Pick<CliError, 'exitCode' | 'lines'> {
  if (error instanceof CommanderError) {
    return { exitCode: ExitCode.USAGE, lines: [error.message.replace(/^error: /, '').replace(/\n/g, ' ')] };
  }
  return error instanceof CliError ? error : { exitCode: ExitCode.INTERNAL, lines: [unexpected(error)] };
}

/** Of `help publsh` commander shows the general help, and not that there is no such command. */
function withoutHelpOfNothing(args: string[], program: Command): string[] {
  const [first, name] = args;
  const isNothing = name !== undefined && !name.startsWith('-') && !program.commands.some((command) => command.name() === name);
  return first === 'help' && isNothing ? args.slice(1) : args;
}

interface ReviewOptions {
  readonly review: string;
  readonly reviewRequest: ReviewRequest;
  readonly overwrite?: boolean;
}

/** @throws CliError for options that mean nothing together: what was to be reviewed must not be published */
function refuseReviewOptions({ review, deleteBranches }: { review?: string; deleteBranches?: boolean }, hasRequest: boolean): void {
  if (hasRequest && review === undefined) {
    throw new CliError(ExitCode.USAGE, '--review-request needs --review: without it the branches that Flux reads are published to. Give --review NAME, or leave it out.');
  } else if (review !== undefined && deleteBranches) {
    throw new CliError(ExitCode.USAGE, '--review and --delete-branches: a review deletes nothing. Leave one of them out, and delete once the review is merged.');
  }
}

function reviewOf({ review: name, reviewRequest: request, overwrite = false }: ReviewOptions): Review {
  const problem = name.startsWith('-') ? "starts with '-'" : branchProblem(`review/${name}`);
  if (problem) {
    throw new CliError(ExitCode.USAGE, `--review: ${JSON.stringify(name)} ${problem}. Give a name that a branch may have.`);
  }
  return { name, request, overwrite };
}

/** What says of which commit the output folder is. */
function withSource(command: Command): Command {
  return command
    .option('--source-commit <ID>', 'the commit that was rendered (default: HEAD of the current folder)')
    .option('--source-url <URL>', "where that commit is (default: the 'origin' of the current folder)")
    .option('--source-date <DATE>', 'when it was committed, RFC 3339, where no repository says it');
}

function withVerbosity(command: Command): Command {
  return command
    .option('-q, --quiet', 'errors and warnings alone')
    .option('-v, --verbose', 'every step, with the time');
}

function repeated(value: string, all: string[] = []): string[] {
  return [...all, value];
}

function show(report: PublishReport, presenter: Presenter, json: boolean): void {
  if (json) {
    presenter.event('report', report);
  } else if (report.outcome !== 'failed' || report.repositories.some((repository) => placesOf(repository).some(({ pushed }) => pushed))) {
    presenter.result(reportLines(report, presenter.colours));
  }
  report.warnings.forEach((line) => presenter.line(`warning: ${line}`));
  report.errors.forEach((line) => presenter.line(`error: ${line}`));
}

function unexpected(error: unknown): string {
  const hint = process.env.CDK8S_FLUXCD_DEBUG ? `\n${(error as Error).stack}` : ' This is a mistake of cdk8s-fluxcd; CDK8S_FLUXCD_DEBUG=1 shows where.';
  return `unexpected: ${(error as Error).message?.split('\n')[0] ?? error}.${hint}`;
}

function version(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
