import { PublishReport } from '../src/cli/publish/report';

/** What `publish --json` says at the end. */
export function reportOf(stdout: string): Pick<PublishReport, 'outcome' | 'repositories'> | undefined {
  const lines = stdout.trimEnd().split('\n');
  for (const text of [stdout, lines[lines.length - 1]]) {
    try {
      const document = JSON.parse(text);
      return document.report ?? document;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** `mean 1.2, max 5`. */
export function meanAndMost(values: number[], unit = ''): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  return `mean ${mean.toFixed(1)}${unit}, max ${values.length ? Math.max(...values).toFixed(unit ? 1 : 0) : '-'}${unit}`;
}
