import { rmSync } from 'fs';
import { Broken, Fault, Stage } from './fault';
import { FAULTS, TESTED_ELSEWHERE } from './fault-table';
import { GitGround, Verdict, wholeBranches } from './ground';
import { Findings, Trial, TrialOptions } from './trial';
import { World } from './world';

const BRANCHES = 20;
const OTHERS = 5;

interface Row {
  readonly name: string;
  readonly tried: number;
  readonly remark: string;
  readonly lost: number;
}

/** Each thing that may go wrong, one after the other. */
export const faults: Trial = {
  name: 'faults',
  what: 'what goes wrong around a publish, one thing after the other',
  rounds: 10,
  run: async (options) => {
    const findings = new Findings();
    const rows: Row[] = [];
    for (const fault of FAULTS.filter(({ name }) => name.includes(options.only))) {
      rows.push(await tryFault(fault, options, findings));
      options.say(`faults: ${fault.name}: ${rows[rows.length - 1].remark}; ${findings.failures.length} failures`);
    }
    return { lines: table(rows), failures: findings.failures };
  },
};

function table(rows: Row[]): string[] {
  return [
    '| fault | tried | what the publish that met it did | lost |',
    '|---|---|---|---|',
    ...rows.map(({ name, tried, remark, lost }) => `| ${name} | ${tried || 'not here'} | ${remark} | ${tried ? lost || 'nothing' : ''} |`),
    ...TESTED_ELSEWHERE.map(({ name, file }) => `| ${name} | in \`${file}\` | | nothing |`),
  ];
}

async function tryFault(fault: Fault, { rounds, end }: TrialOptions, findings: Findings): Promise<Row> {
  const impossible = fault.impossible?.();
  if (impossible !== undefined) {
    return { name: fault.name, tried: 0, remark: impossible, lost: 0 };
  }
  const counts = new Map<string, number>();
  let tried = 0;
  let lost = 0;
  for (; tried < rounds && Date.now() < end; tried++) {
    const world = await World.open();
    try {
      const transport = fault.transports[tried % fault.transports.length];
      const ground = new GitGround(world, { ...wholeBranches('manifests', BRANCHES), others: OTHERS });
      const git = (...args: string[]) => world.scene.git('manifests.git', ...args);
      const stage = { world, ground, transport, repository: 'manifests.git', git };
      const { remark, problems } = await tryOnce(fault, stage, tried);
      counts.set(remark, (counts.get(remark) ?? 0) + 1);
      problems.forEach((problem) => findings.expect(false, `${fault.name}, ${transport}: ${problem}`));
      lost += Number(problems.length > 0);
    } finally {
      await world.close();
    }
  }
  findings.expect(tried === rounds, `${fault.name}: time was up after ${tried} of ${rounds}`);
  const remark = counts.size === 1 ? [...counts.keys()][0] : [...counts].map(([what, times]) => `${times}x ${what}`).join(', ');
  return { name: fault.name, tried, remark, lost };
}

/** Publishes, breaks something, publishes again, mends it, and publishes once more. */
async function tryOnce(fault: Fault, stage: Stage, attempt: number): Promise<{ remark: string; problems: string[] }> {
  const { world, ground, transport } = stage;
  const problems = new Findings();
  const args = ground.args(transport);
  ground.render(1);
  const first = await world.publish(ground.args('file'));
  problems.expect(first.code === 0, `the publish before ended with ${first.code}: ${first.stderr.trim()}`);
  ground.render(2);
  const before = await ground.look();

  const broken = fault.break(stage, attempt);
  const all = [...args, ...broken.args ?? []];
  const { code, stderr } = await world.ended(broken.start?.(all) ?? world.start(all, { env: broken.env }));
  await world.quiet();
  problems.expect(broken.codes.includes(code), `ended with ${code}: ${stderr.trim()}`);
  problems.expect(!broken.says || broken.says.test(stderr), `says nothing of ${broken.says}: ${stderr.trim()}`);
  expectOwnWords(stderr, problems);
  expectNoFolders(world, broken, problems);

  problemsOf(() => broken.mend?.(), problems);
  world.intercept = undefined;
  const verdict = await ground.judge(before, 2);
  problems.expect(broken.leaves.includes(kindOf(verdict)), `left behind: ${verdict}`);
  const last = await world.publish(args);
  const end = await ground.judge(before, 2);
  problems.expect(last.code === 0 && end === 'new', `the publish after ended with ${last.code}, and all is ${end}: ${last.stderr.trim()}`);
  problems.expect(stage.git('fsck', '--connectivity-only', '--no-dangling') === '', 'git fsck finds fault with the repository');
  const outcome = typeof code === 'number' ? `exit code ${code}` : code;
  return { remark: `${outcome}, all ${kindOf(verdict)}`.replace('all partly', 'some new'), problems: problems.failures };
}

function kindOf(verdict: Verdict): 'old' | 'new' | 'partly' {
  return verdict === 'old' || verdict === 'new' ? verdict : 'partly';
}

/** What node, git or a mistake of the program would say. */
function expectOwnWords(stderr: string, problems: Findings): void {
  const odd = stderr.split('\n').filter((line) => /^\s+at |^\(node:|^(?:fatal|remote|hint): |^\w*Error: /.test(line));
  problems.expect(odd.length === 0, `says what others have said: ${odd.join(' | ')}`);
}

function expectNoFolders(world: World, { killed }: Broken, problems: Findings): void {
  const left = world.scene.leftovers();
  problems.expect(killed || left.length === 0, `left ${left.join(', ')} behind`);
  left.forEach((folder) => rmSync(world.scene.path('tmp', folder), { recursive: true, force: true }));
}

function problemsOf(work: () => void, problems: Findings): void {
  try {
    work();
  } catch (error) {
    problems.expect(false, (error as Error).message);
  }
}
