import { DiffReport } from './diff/report';
import { printableJson } from './printable';
import { PublishReport } from './publish/report';

/** What `--json` promises also of a run that never began: its report. Undefined if none was asked for. */
export function failedReport(args: readonly string[], exitCode: number, errors: string[]): string | undefined {
  const given = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  const command = given.find((arg) => !arg.startsWith('-'));
  const failed = { version: 1, outcome: 'failed', exitCode } as const;
  if (!given.includes('--json')) {
    return undefined;
  } else if (command === 'publish') {
    const report: PublishReport = { ...failed, repositories: [], warnings: [], notes: [], errors };
    return `${printableJson(JSON.stringify({ event: 'report', ...report }))}\n`;
  } else if (command === 'diff') {
    const counts = { created: 0, changed: 0, deleted: 0, moved: 0, replaced: 0, refused: 0 };
    const report: DiffReport = { ...failed, counts, places: [], warnings: [], errors };
    return `${printableJson(JSON.stringify(report, undefined, 2))}\n`;
  }
  return undefined;
}
