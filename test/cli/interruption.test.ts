import { ChildProcess } from 'child_process';
import { existsSync } from 'fs';
import { outcome, useScene } from './scene';

const scene = useScene();

/** Resolves when the text has been said. */
async function says(child: ChildProcess, text: string): Promise<void> {
  let said = '';
  return new Promise((resolve) => child.stderr!.on('data', (chunk) => {
    said += chunk;
    if (said.includes(text)) {
      resolve();
    }
  }));
}

/** Resolves when a file exists; the other side makes it when it is where we want it. */
async function exists(file: string): Promise<void> {
  while (!existsSync(scene().path(file))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  const code = signal === 'SIGINT' ? 130 : 143;

  test('during a push waits for it, also when it comes again, and says what happened', async () => {
    // The hook holds the push until the test lets it go.
    scene().bare('manifests.git');
    scene().bare('config.git');
    scene().hook('manifests.git', 'pre-receive', `touch "${scene().path('pushing')}"; until test -e "${scene().path('go')}" || ! test -d "${scene().folder}"; do sleep 0.02; done`);
    scene().render({
      repositories: {
        manifests: { url: scene().path('manifests.git'), targets: [{ branch: 'a', files: { f: '1' } }] },
        config: { url: scene().path('config.git'), targets: [{ role: 'config', branch: 'main', path: 'apps/x', files: { 'apps/x/f': '1' } }] },
      },
    });
    const child = scene().start(['publish'], {}, true);
    const result = outcome(child);
    const line = `${signal}: waiting for the running push of 'manifests' to end\n`;
    await exists('pushing');
    for (let times = 0; times < 2; times++) {
      const heard = says(child, line);
      process.kill(-child.pid!, signal); // as a terminal does: to the whole process group
      await heard;
      expect({ ended: child.exitCode ?? child.signalCode, moved: scene().heads('manifests.git') }).toEqual({ ended: null, moved: {} });
    }
    scene().write('go', '');

    expect(await result).toEqual({
      code,
      stdout: expect.stringMatching(/ {2}created +a +[0-9a-f]{7} {2}2 files\n(.|\n)* {2}not created +main {2}2 files\nPublished 1 branch before it failed\.\n/),
      stderr: `${line}${line}error: interrupted by ${signal}; published by then: 'manifests'. Publish again.\n`,
    });
    expect(Object.keys(scene().heads('manifests.git'))).toEqual(['a']);
    expect(scene().heads('config.git')).toEqual({});
    expect(scene().leftovers()).toEqual([]);
  });

  test('before a push ends at once and leaves nothing behind', async () => {
    scene().renderBranches(scene().bare('manifests.git'), { a: { f: '1' } });
    const env = scene().before('fast-import', `touch "${scene().path('importing')}"; sleep 100`);
    const child = scene().start(['publish'], { env }, true);
    const result = outcome(child);
    await exists('importing');
    process.kill(-child.pid!, signal);
    expect(await result).toEqual({ code, stdout: '', stderr: `error: interrupted by ${signal}; nothing was published. Publish again.\n` });
    expect(scene().heads('manifests.git')).toEqual({});
    expect(scene().leftovers()).toEqual([]);
  });
});
