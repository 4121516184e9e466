import { SourceCommit } from './source';
import { CliError, ExitCode } from '../cli-error';

/** @throws CliError if something was said of the commit that was rendered, and there is none */
export function requireCommit(source: SourceCommit | undefined, { sourceUrl, sourceDate }: { sourceUrl?: string; sourceDate?: string }): void {
  if (!source && (sourceUrl ?? sourceDate) !== undefined) {
    throw new CliError(ExitCode.USAGE, `${sourceUrl === undefined ? '--source-date' : '--source-url'} needs --source-commit: ` +
      'the current folder is in no repository, or in one without a commit, that could say which it is. Give --source-commit ID, or leave it out.');
  }
}
