import { execFileSync } from 'child_process';
import { MAIN, reportIn, useScene } from './scene';
import { Presenter } from '../../src/cli/presenter';

const scene = useScene();

beforeEach(() => scene().renderBranches(scene().bare('manifests.git'), { web: { f: '1' } }));

test('--json is an event a line: what is being done, and last the report', async () => {
  const { stdout, stderr } = await scene().publish(['--json']);
  const events = stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
  expect(events.slice(0, -1)).toEqual(['reading', 'comparing', 'writing', 'pushing'].map((phase) => ({ event: 'phase', repository: 'manifests', phase, count: 1 })));
  expect(reportIn(stdout)).toMatchObject({ event: 'report', outcome: 'published' });
  expect(stderr).toBe('');
});

test('--quiet leaves errors and warnings', async () => {
  expect(await scene().publish(['-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await scene().publish(['-q', 'nowhere'])).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('error: nowhere') });
});

test('--verbose tells every step', async () => {
  const { stderr } = await scene().publish(['-v']);
  expect(stderr.replace(/^[\d.]+ s/gm, 'T')).toBe('T  manifests: reading 1\nT  manifests: comparing 1\nT  manifests: writing 1 commit\nT  manifests: pushing 1 ref\n');
  scene().renderBranches(scene().path('manifests.git'), { web: { f: '2' }, api: { f: '2' } });
  expect((await scene().publish(['-v'])).stderr).toMatch(/ writing 2 commits\n.* pushing 2 refs\n$/);
});

describe('where nobody looks on', () => {
  const toldAfter = (elapsed: number): string => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    const env = jest.replaceProperty(process, 'env', { ...process.env, TERM: 'dumb' });
    try {
      const presenter = new Presenter({});
      now.mockReturnValue(elapsed);
      presenter.phase({ repository: 'manifests', phase: 'writing', count: 2 });
      return write.mock.calls.join('');
    } finally {
      [write, now].forEach((spy) => spy.mockRestore());
      env.restore();
    }
  };

  test('a short run tells its result alone', () => expect(toldAfter(5_000)).toBe(''));

  test('a long one tells its steps', () => expect(toldAfter(5_001)).toBe('manifests: writing 2 commits\n'));
});

test('on a terminal each step takes the place of the one before, and nothing of them is left', () => {
  const typescript = execFileSync('script', ['-qec', `"${process.execPath}" "${MAIN}" publish >/dev/null`, '/dev/null'], {
    cwd: scene().path('work'), env: { ...scene().env, TERM: 'xterm' }, stdio: ['ignore', 'pipe', 'pipe'],
  }).toString();
  expect(typescript).toContain('\r\u001b[Kmanifests: reading 1\r\u001b[Kmanifests: comparing 1');
  expect(typescript.endsWith('\r\u001b[K')).toBe(true);
});

test('--help shows examples and exit codes', async () => {
  const { stdout } = await scene().run(['publish', '--help']);
  expect(stdout).toMatch(/Examples:\n {2}cdk8s-fluxcd publish/);
  expect(stdout).toMatch(/Exit codes:/);
});
