import { useScene } from './scene';

const scene = useScene();

function render(branches: Record<string, string>): void {
  scene().renderBranches(scene().path('manifests.git'), Object.fromEntries(Object.entries(branches).map(([branch, content]) => [branch, { 'web.yaml': content }])));
}

async function review(...args: string[]) {
  const result = await scene().publish(['--review', 'new-port', ...args]);
  expect(result).toMatchObject({ code: 0 });
  return result;
}

beforeEach(async () => {
  scene().bare('manifests.git');
  render({ web: 'v1', api: 'v1' });
  expect(await scene().publish()).toMatchObject({ code: 0 });
});

test('everything goes to review branches, which start from those that they are for, and nothing else moves', async () => {
  const { web, api } = scene().heads('manifests.git');
  render({ web: 'v2', api: 'v1', fresh: 'v1' });
  const { stdout } = await review();
  expect(stdout).toContain('review/new-port/web');
  expect(scene().heads('manifests.git')).toEqual({ web, api, 'review/new-port/web': expect.anything(), 'review/new-port/fresh': expect.anything() });
  expect(scene().git('manifests.git', 'log', '--format=%P', '-1', 'review/new-port/web')).toBe(web);
  expect(scene().content('manifests.git', 'review/new-port/web', 'web.yaml')).toBe('v2');
  expect(scene().files('manifests.git', 'review/new-port/fresh')).toEqual(['web.yaml']);
});

test('a review goes on without force, also over a branch that went on, and stops where nothing changes', async () => {
  render({ web: 'v2', api: 'v1' });
  await review();
  const first = scene().heads('manifests.git')['review/new-port/web'];
  await review();
  expect(scene().heads('manifests.git')['review/new-port/web']).toBe(first);

  scene().commit('manifests.git', 'web', { 'theirs.yaml': 'x' });
  render({ web: 'v3', api: 'v1' });
  await review();
  const heads = scene().heads('manifests.git');
  expect(scene().git('manifests.git', 'log', '--format=%P', '-1', 'review/new-port/web').split(' ')).toEqual([heads.web, first]);
  expect(scene().files('manifests.git', 'review/new-port/web')).toEqual(['theirs.yaml', 'web.yaml']);
  expect(scene().content('manifests.git', 'review/new-port/web', 'web.yaml')).toBe('v3');
});

test('a review of a branch that is not there yet drops what is no longer rendered', async () => {
  render({ fresh: 'v1' });
  await review();
  scene().renderBranches(scene().path('manifests.git'), { fresh: { 'other.yaml': 'v2' } });
  await review();
  expect(scene().files('manifests.git', 'review/new-port/fresh')).toEqual(['other.yaml']);
});

test('once merged, it is published: the next publish has nothing to do', async () => {
  render({ web: 'v2', api: 'v1' });
  await review();
  scene().git('manifests.git', 'update-ref', 'refs/heads/web', 'refs/heads/review/new-port/web');
  expect((await scene().publish()).stdout).toContain('Nothing changed');
});

describe('a request to merge', () => {
  beforeEach(() => {
    scene().hook('manifests.git', 'pre-receive', 'echo "To open a request, visit https://git.invalid/new"; env | grep ^GIT_PUSH_OPTION_[0-9] | sort >> options; cat >> refs-seen');
    render({ web: 'v2', api: 'v2' });
  });

  test('is asked for by push options, for each branch its own', async () => {
    scene().git('manifests.git', 'config', 'receive.advertisePushOptions', 'true');
    const { stdout } = await review();
    expect(scene().read('manifests.git/options').split('\n')).toEqual(['web', 'api'].flatMap((branch) => [
      'GIT_PUSH_OPTION_0=merge_request.create', `GIT_PUSH_OPTION_1=merge_request.target=${branch}`, `GIT_PUSH_OPTION_2=merge_request.title=new-port: ${branch}`,
    ]).concat(''));
    expect(stdout).toContain("repository 'manifests': the remote says: To open a request, visit https://git.invalid/new");
  });

  test('is left to the user where the host takes no options: what it says is shown', async () => {
    const { stdout } = await review();
    expect(Object.keys(scene().heads('manifests.git'))).toContain('review/new-port/web');
    expect(stdout).toContain('the remote says: To open a request, visit https://git.invalid/new');
  });

  test('is opened by refs/for, without a branch', async () => {
    scene().git('manifests.git', 'config', 'receive.advertisePushOptions', 'true');
    const before = scene().heads('manifests.git');
    render({ web: 'v2', api: 'v1', fresh: 'v1' });
    const { stderr } = await review('--review-request', 'agit');
    expect(scene().heads('manifests.git')).toEqual(before);
    expect(scene().read('manifests.git/refs-seen')).toMatch(/^0{40} [0-9a-f]{40} refs\/for\/web\n$/);
    expect(scene().read('manifests.git/options')).toContain('topic=new-port');
    expect(stderr).toContain("branch 'fresh': is not there yet");
  });
});

test('a name that no branch may have is refused', async () => {
  expect(await scene().publish(['--review', '../x'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--review: "../x"') });
});
