import { existsSync, readFileSync } from 'fs';
import { meanAndMost, reportOf } from './report';
import { Findings, Trial, TrialOptions, TrialResult } from './trial';
import { subcommand, Transport, TRANSPORTS, World } from './world';
import { Outcome } from '../test/cli/scene';

const APPS = Array.from({ length: 10 }, (_, index) => `app-${index}`);
const REPOSITORIES = 2;

/** Many apps, each in a process of its own, publish to the same two repositories at the same moment. */
export const together: Trial = {
  name: 'together',
  what: '10 processes publish 10 apps to one repository (a branch each, and a directory each of one branch) and one config repository',
  rounds: 20,
  run: async (options) => {
    const results: TrialResult[] = [];
    for (const transport of TRANSPORTS.filter((name) => name.includes(options.only))) {
      results.push(await overTransport(transport, options));
    }
    return { lines: results.flatMap(({ lines }) => lines), failures: results.flatMap(({ failures }) => failures) };
  },
};

async function overTransport(transport: Transport, { rounds, end, say }: TrialOptions): Promise<TrialResult> {
  const world = await World.open();
  const findings = new Findings();
  const all = new Meeting(world, transport, findings);
  let round = 0;
  try {
    while (round < rounds && Date.now() < end) {
      await all.round(++round);
      say(`together, ${transport}: round ${round} of ${rounds}, ${findings.failures.length} failures`);
    }
    findings.expect(world.scene.leftovers().length === 0, `${transport}: folders were left behind: ${world.scene.leftovers().join(', ')}`);
    findings.expect(round === rounds, `${transport}: time was up after ${round} of ${rounds} rounds`);
  } finally {
    await world.close();
  }
  return { lines: [`${transport}: ${round} rounds of ${APPS.length} apps; ${all.figures()}`], failures: findings.failures };
}

class Meeting {
  private readonly retries: number[] = [];
  private readonly seconds: number[] = [];
  private readonly rounds: number[] = [];
  private failed = 0;
  /** What the publishers say they have pushed, by repository and branch. */
  private readonly published = new Map<string, string[]>();
  private readonly environment: NodeJS.ProcessEnv;

  constructor(private readonly world: World, private readonly transport: Transport, private readonly findings: Findings) {
    ['manifests.git', 'config.git'].forEach((name) => world.scene.bare(name));
    // Each attempt is a push, which the publisher need not tell of.
    this.environment = world.withGit('counting', `case " $* " in ${subcommand('push')}) echo push >> "$TRIAL_PUSHES";; esac`);
  }

  public async round(round: number): Promise<void> {
    const text = `round ${round}`;
    this.world.commitSource();
    APPS.forEach((app) => this.render(app, text));
    const start = Date.now();
    await Promise.all(APPS.map(async (app) => this.publish(app, round)));
    this.rounds.push((Date.now() - start) / 1000);
    APPS.forEach((app) => this.expectContent(app, text));
    this.expectHistory(text);
  }

  public figures(): string {
    const commits = [...this.published.values()].flat().length;
    return `${commits} commits, ${this.failed} failed; retries of a publish ${meanAndMost(this.retries)}; a publish ${meanAndMost(this.seconds, ' s')}; ` +
      `a round ${meanAndMost(this.rounds, ' s')}`;
  }

  private render(app: string, text: string): void {
    this.world.scene.render({
      app,
      repositories: {
        manifests: {
          url: this.world.url('manifests.git', this.transport),
          targets: [
            { branch: app, files: { 'kustomization.yaml': 'resources: [web.yaml]\n', 'web.yaml': `# ${text}\n` } },
            { branch: 'main', path: `apps/${app}`, files: { [`apps/${app}/kustomization.yaml`]: 'resources: [web.yaml]\n', [`apps/${app}/web.yaml`]: `# ${text}\n` } },
          ],
        },
        config: {
          url: this.world.url('config.git', this.transport),
          targets: [{
            role: 'config',
            branch: 'main',
            path: `apps/production/${app}`,
            files: { [`apps/production/${app}/source.yaml`]: `# ${text}\n`, [`clusters/production/${app}.yaml`]: `# ${text}\n` },
          }],
        },
      },
    }, `work/${app}`);
  }

  private async publish(app: string, round: number): Promise<void> {
    const pushes = this.world.scene.path(`pushes-${app}-${round}`);
    const start = Date.now();
    const result = await this.world.publish([app, '--json'], { env: { ...this.environment, TRIAL_PUSHES: pushes } });
    this.seconds.push((Date.now() - start) / 1000);
    const attempts = existsSync(pushes) ? readFileSync(pushes, 'utf8').trim().split('\n').length : 0;
    this.retries.push(attempts - REPOSITORIES);
    this.note(`${this.transport}, round ${round}, ${app}`, result);
  }

  private note(where: string, { code, stdout, stderr }: Outcome): void {
    if (!this.findings.expect(code === 0, `${where}: ended with ${code}: ${stderr.trim()}`)) {
      this.failed++;
    }
    const branches = reportOf(stdout)?.repositories.flatMap(({ name, branches: all }) => all.map((branch) => ({ key: `${name}.git ${branch.branch}`, ...branch }))) ?? [];
    this.findings.expect(branches.length === 3 && branches.every(({ pushed }) => pushed), `${where}: says that it has not pushed all: ${stdout}`);
    branches.forEach(({ key, commit }) => this.published.set(key, [...this.published.get(key) ?? [], ...commit ? [commit] : []]));
  }

  private expectContent(app: string, text: string): void {
    for (const [repository, branch, file] of [
      ['manifests.git', app, 'web.yaml'],
      ['manifests.git', 'main', `apps/${app}/web.yaml`],
      ['config.git', 'main', `apps/production/${app}/source.yaml`],
      ['config.git', 'main', `clusters/production/${app}.yaml`],
    ]) {
      this.findings.expect(this.content(repository, branch, file) === `# ${text}`, `${this.transport}, ${text}, ${app}: ${repository} ${branch} ${file} is not what was published`);
    }
  }

  /** What was pushed once stays in the history, and nothing else is there. */
  private expectHistory(text: string): void {
    for (const [key, commits] of this.published) {
      const [repository, branch] = key.split(' ');
      // A branch that nobody could make is a failure that was noted, and has no history.
      const history = this.world.scene.heads(repository)[branch] ? this.world.scene.git(repository, 'rev-list', branch, '--').split('\n') : [];
      const lost = commits.filter((commit) => !history.includes(commit));
      this.findings.expect(lost.length === 0, `${this.transport}, ${text}: lost from ${key}: ${lost.join(', ')}`);
      this.findings.expect(history.length === commits.length, `${this.transport}, ${text}: ${key} has ${history.length} commits, ${commits.length} were published`);
    }
  }

  private content(repository: string, branch: string, file: string): string | undefined {
    try {
      return this.world.scene.content(repository, branch, file);
    } catch {
      return undefined; // It is not there.
    }
  }
}
