import { join, resolve } from 'node:path';
import { Site, siteVariable } from './site';
import { Processes } from './stack/processes';

const ROOT = resolve(__dirname, '..', '..');
const JUNIT = join(ROOT, 'test-reports', 'junit-e2e.xml');

export interface Folders {
  /** For what is gone after the run. */
  readonly temporary: string;
  /** Where the programs of the stack write their logs. */
  readonly logs: string;
}

/** Runs scenarios in a process of their own, by node's test runner. Returns its exit code. */
export async function runScenarios(processes: Processes, site: Site, names: string[], { temporary, logs }: Folders): Promise<number> {
  return processes.show(process.execPath, [
    '--require', 'ts-node/register/transpile-only',
    '--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=junit', `--test-reporter-destination=${JUNIT}`,
    join(__dirname, 'scenarios', 'all.ts'), ...names,
  ], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...siteVariable(site),
      TMPDIR: temporary,
      CDK8S_FLUXCD_E2E_LOGS: logs,
      TS_NODE_PROJECT: join(ROOT, 'tsconfig.dev.json'),
    },
  });
}
