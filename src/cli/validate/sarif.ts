import { posix } from 'path';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { ValidationReport } from './report';
import { Rule } from '../../rules';

const DOCS = 'https://github.com/cdk8s-fluxcd/cdk8s-fluxcd/blob/main/docs/validating.md';

/**
 * The report as SARIF 2.1.0, which code hosts show beside the lines.
 *
 * @param folder the current folder, from the root of its repository on
 */
export function sarifLog({ findings }: ValidationReport, rules: readonly Rule[], version: string, folder: string): Log {
  const told = [...new Set(findings.map(({ rule }) => rule))].sort();
  const descriptors = told.flatMap((id) => rules.filter((rule) => rule.id === id).slice(0, 1)).map(descriptor);
  const results = findings.map((finding): Result => ({
    ruleId: finding.rule,
    ruleIndex: descriptors.findIndex(({ id }) => id === finding.rule),
    level: finding.severity,
    message: { text: [finding.object, finding.field, `${finding.problem}. ${finding.remedy}.`].filter((text) => text !== undefined).join(': ') },
    locations: [{
      physicalLocation: {
        artifactLocation: { uri: uriOf(folder, finding.file) },
        region: { startLine: finding.line, startColumn: finding.column },
      },
      ...finding.object === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: finding.object, kind: 'object' }] },
    }],
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'cdk8s-fluxcd', version, informationUri: DOCS, rules: descriptors } },
      columnKind: 'utf16CodeUnits',
      results,
    }],
  };
}

function descriptor({ id, summary, source, severity }: Rule): ReportingDescriptor {
  const text = summary.replace(/\.?$/, '.');
  return {
    id,
    shortDescription: { text },
    fullDescription: { text: `${text} So behaves: ${source}.` },
    help: { text: `${text} So behaves: ${source}.`, markdown: `${text}\n\nSo behaves: ${source}.` },
    helpUri: DOCS,
    defaultConfiguration: { level: severity },
  };
}

/** From the root of the repository on; each part escaped, for a URI has no blank. */
function uriOf(folder: string, file: string): string {
  return posix.join(folder, file).split('/').map(encodeURIComponent).join('/');
}
