import { readdirSync, readFileSync } from 'fs';
import { Outcome, outcome, useScene } from './scene';

const scene = useScene();

test('two apps publish to the same two repositories at the same time, 20 rounds: nothing is lost', async () => {
  const manifests = scene().bare('manifests.git');
  const config = scene().bare('config.git');
  const apps = ['nodezoo', 'other'];
  const render = (app: string, round: string) => scene().render({
    app,
    repositories: {
      manifests: { url: manifests, targets: ['npm', 'info'].map((name) => ({ branch: `${app}-${name}`, files: { 'kustomization.yaml': 'same\n', 'web.yaml': round } })) },
      config: {
        url: config,
        targets: ['production', 'staging'].map((cluster) => ({
          role: 'config', branch: 'main', path: `apps/${cluster}/${app}`, files: { [`apps/${cluster}/${app}/source.yaml`]: round, [`clusters/${cluster}/${app}.yaml`]: round },
        })),
      },
    },
  }, `work/${app}`);
  for (let round = 1; round <= 20; round++) {
    apps.forEach((app) => render(app, `round ${round}`));
    const results = await Promise.all(apps.map(async (app) => scene().publish([app])));
    results.forEach((result) => expect(result).toMatchObject({ code: 0, stdout: expect.stringContaining('Published 3 branches.') }));
    for (const app of apps) {
      expect(scene().content('manifests.git', `${app}-npm`, 'web.yaml')).toBe(`round ${round}`);
      expect(scene().content('config.git', 'main', `apps/staging/${app}/source.yaml`)).toBe(`round ${round}`);
      expect(scene().content('config.git', 'main', `clusters/production/${app}.yaml`)).toBe(`round ${round}`);
    }
  }
  // Each publish is in the history once, so none has replaced another.
  expect(scene().git('config.git', 'rev-list', '--count', 'main')).toBe('40');
  expect(scene().files('config.git', 'main')).toHaveLength(8);
}, 600_000);

test('50 kills of the process group: the repository holds all old or all new heads, and a retry ends well', async () => {
  const url = scene().bare('manifests.git');
  const branches = Array.from({ length: 20 }, (_, index) => `branch-${index}`);
  const render = (version: number) =>
    scene().renderBranches(url, Object.fromEntries(branches.map((branch) => [branch, { 'kustomization.yaml': 'same\n', 'web.yaml': `version ${version}` }])));
  const versions = () => [...new Set(branches.map((branch) => scene().content('manifests.git', branch, 'web.yaml')))];

  const killed: (number | string)[] = [];
  let duration = 0;
  for (let version = 0; version <= 50; version++) {
    render(version);
    if (version > 0) {
      // One random moment in each fiftieth of the time that it takes.
      killed.push((await killedAfter(duration * (version - Math.random()) / 50)).code);
      await allEnded();
      expect([[`version ${version - 1}`], [`version ${version}`]]).toContainEqual(versions());
      expect(readdirSync(url, { recursive: true }).filter((file) => String(file).endsWith('.lock'))).toEqual([]);
    }
    const start = Date.now();
    expect(await scene().publish()).toMatchObject({ code: 0, stderr: '' });
    duration = Math.max(duration, version < 3 ? Date.now() - start : 0);
    expect(versions()).toEqual([`version ${version}`]);
  }
  expect(killed).toContain('SIGKILL');
  expect(scene().git('manifests.git', 'fsck', '--connectivity-only')).toBe('');

  async function killedAfter(milliseconds: number): Promise<Outcome> {
    const child = scene().start(['publish'], {}, true);
    const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), milliseconds);
    return outcome(child).finally(() => clearTimeout(timer));
  }

  /** A push that goes on without us has ended when no process names this scene any more. */
  async function allEnded(): Promise<void> {
    while (processes().some((line) => line.includes(scene().folder))) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  function processes(): string[] {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      } catch {
        return ''; // It has ended meanwhile.
      }
    });
  }
}, 600_000);
