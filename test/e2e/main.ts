import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { onOrphaned } from './ancestors';
import { becomeNeutral } from './environment';
import { runScenarios } from './run-scenarios';
import { scenarios } from './scenarios';
import { REPOSITORIES, Site } from './site';
import { Processes } from './stack/processes';
import { Stack } from './stack/stack';

const ROOT = resolve(__dirname, '..', '..');
const LOGS = join(ROOT, 'test-reports', 'e2e-logs');
const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;

const COLUMN = Math.max(...scenarios.map(({ name }) => name.length)) + 2;
const HELP = `npm run e2e -- [scenario ...] [--keep] [--kubeconfig FILE --git-url URL]

  --keep                    leave the cluster up afterwards, until Ctrl-C, and print its kubeconfig
  --kubeconfig, --git-url   a cluster bootstrapped from URL/flux-config.git, path clusters/production, in place of one of our own

${scenarios.map(({ name, proves }) => `  ${name.padEnd(COLUMN)}${proves}`).join('\n')}`;

/** The command line asks for what there is not. */
class Misuse extends Error {}

/** Starts a cluster, or takes the one given, runs the scenarios in it, and leaves nothing behind. */
class Run {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-fluxcd-e2e-'));
  private readonly processes = new Processes(LOGS);
  private readonly stack = new Stack(this.folder, this.processes, (text) => this.say(text));
  private readonly started = Date.now();
  private end?: Promise<void>;

  constructor() {
    mkdirSync(LOGS, { recursive: true });
    ['uncaughtException', 'unhandledRejection'].forEach((event) => process.on(event, (error) => void this.abort(String(error), FAILED)));
    ['SIGINT', 'SIGTERM', 'SIGHUP'].forEach((signal) => process.on(signal, () => void this.abort('interrupted', INTERRUPTED)));
    onOrphaned(() => void this.abort('interrupted', INTERRUPTED));
    this.processes.onDeath = (reason) => void this.abort(reason, FAILED);
  }

  public async start(given: Site | undefined): Promise<Site> {
    becomeNeutral({ ownServers: !given });
    if (given) {
      return given;
    }
    readdirSync(LOGS).forEach((file) => rmSync(join(LOGS, file)));
    return this.stack.start();
  }

  public async scenarios(site: Site, names: string[]): Promise<number> {
    this.say('running the scenarios');
    const code = await runScenarios(this.processes, site, names, { temporary: this.folder, logs: LOGS });
    if (!this.end) {
      this.say(code === 0 ? 'all scenarios hold' : `not all scenarios hold. Logs: ${relative(process.cwd(), LOGS)}`);
    }
    return code;
  }

  public async stayUp({ kubeconfig, gitUrl }: Site): Promise<void> {
    const again = `npm run e2e -- --kubeconfig ${kubeconfig} --git-url ${gitUrl} update`;
    console.log(`
The cluster stays up until Ctrl-C. Its repositories: ${REPOSITORIES.map((name) => `${gitUrl}/${name}`).join(', ')}

  export KUBECONFIG=${kubeconfig}
  ${again}
`);
    await new Promise(() => setInterval(() => undefined, 60_000));
  }

  public async finish(): Promise<void> {
    return this.end ??= (async () => {
      await this.processes.endAll();
      await this.stack.stop();
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    })();
  }

  private async abort(reason: string, code: number): Promise<void> {
    if (!this.end) {
      this.say(reason);
      await this.finish();
      process.exit(code);
    }
  }

  private say(text: string): void {
    console.log(`${String(Math.round((Date.now() - this.started) / 1000)).padStart(5)} s  ${text}`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'keep': { type: 'boolean' }, 'kubeconfig': { type: 'string' }, 'git-url': { type: 'string' }, 'help': { type: 'boolean' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = positionals.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    throw new Misuse(`there is no scenario '${unknown}'. Choose from ${scenarios.map(({ name }) => name).join(', ')}.`);
  }
  const { kubeconfig, 'git-url': gitUrl } = values;
  if ((kubeconfig === undefined) !== (gitUrl === undefined)) {
    throw new Misuse('--kubeconfig and --git-url go together: the cluster reads from the repositories there.');
  }
  if (kubeconfig !== undefined && !existsSync(kubeconfig)) {
    throw new Misuse(`--kubeconfig: there is no file '${kubeconfig}'.`);
  }
  if (kubeconfig !== undefined && values.keep) {
    throw new Misuse('--keep is for a cluster of our own: one that was there before stays in any case.');
  }
  const given = kubeconfig && gitUrl ? { kubeconfig: resolve(kubeconfig), gitUrl: gitUrl.replace(/\/+$/, ''), standIn: false } : undefined;

  const run = new Run();
  try {
    const site = await run.start(given);
    const code = await run.scenarios(site, positionals);
    if (values.keep) {
      await run.stayUp(site);
    }
    return code;
  } finally {
    await run.finish();
  }
}

main().then((code) => process.exit(code), (error) => {
  console.error(`e2e: ${(error as Error).message}`);
  process.exit(error instanceof Misuse || error.code?.startsWith?.('ERR_PARSE_ARGS') ? MISUSED : FAILED);
});
