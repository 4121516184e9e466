import { execFileSync, spawn } from 'child_process';
import { existsSync, renameSync, rmSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Broken, Fault, Stage } from './fault';
import { answersLost, answersWith, arrivesInPart, neverAnswers, swallowsAnswers } from './http-faults';
import { subcommand, TRANSPORTS } from './world';
import { MAIN } from '../test/cli/scene';

const SOON = ['--deadline', '1s'];
/** Time enough to come to the push, also on a busy machine. */
const AFTER_A_WHILE = ['--deadline', '5s'];
/** What we run on the way, in this order. */
const COMMANDS = ['ls-remote', 'fetch', 'cat-file', 'fast-import', 'push'];

/** Faults that tests of the command make, each with what has to come of it. */
export const TESTED_ELSEWHERE = [
  { name: 'a branch moved, put back, deleted or made by others between look and push', file: 'test/cli/retry.test.ts' },
  { name: 'Ctrl-C and SIGTERM, before and during a push', file: 'test/cli/interruption.test.ts' },
  { name: 'no git, no repository, a repository that is not bare, another object format', file: 'test/cli/bad-input.test.ts' },
  { name: 'no login, a wrong one', file: 'test/cli/credentials.test.ts' },
];

/** All that is tried. */
export const FAULTS: Fault[] = [
  {
    name: 'a hook of the remote declines the push',
    transports: TRANSPORTS,
    break: (stage) => hook(stage, 'pre-receive', 'echo not today >&2; exit 1', { codes: [5], says: /a hook of the remote refused the push .*not today/, leaves: ['old'] }),
  },
  {
    name: 'a hook of the remote declines one branch of 20',
    transports: TRANSPORTS,
    break: (stage) => hook(stage, 'update', 'test "$1" != refs/heads/branch-7', { codes: [5], says: /a hook of the remote refused the push/, leaves: ['old'] }),
  },
  {
    name: 'the remote takes no objects (`receive.maxInputSize`)',
    transports: TRANSPORTS,
    break: ({ git }) => {
      git('config', 'receive.maxInputSize', '10');
      return { codes: [5], says: /the remote could not store the objects/, leaves: ['old'], mend: () => void git('config', '--unset', 'receive.maxInputSize') };
    },
  },
  {
    name: 'a server without atomic pushes',
    transports: TRANSPORTS,
    break: ({ git }) => {
      git('config', 'receive.advertiseAtomic', 'false');
      return { codes: [0], says: /does not support atomic pushes/, leaves: ['new'] };
    },
  },
  {
    name: 'the same, and a hook that declines one branch of 20',
    transports: TRANSPORTS,
    break: (stage) => {
      stage.git('config', 'receive.advertiseAtomic', 'false');
      return hook(stage, 'update', 'test "$1" != refs/heads/branch-7', { codes: [5], says: /does not support atomic pushes/, leaves: ['partly'] });
    },
  },
  {
    name: "the remote's git killed before it has moved anything",
    transports: TRANSPORTS,
    break: (stage) => hook(stage, 'pre-receive', `mkdir "${stage.world.scene.path('once')}" 2>/dev/null || exit 0; kill -s KILL $PPID`, { codes: [0], leaves: ['new'] }),
  },
  { name: 'the connection lost while the push is on its way', transports: ['http'], break: (stage) => arrivesInPart(stage.world) },
  { name: 'the connection lost after the push, before the answer, once', transports: ['http'], break: (stage) => swallowsAnswers(stage.world, 1) },
  { name: 'the same, also when curl has asked again', transports: ['http'], break: (stage) => swallowsAnswers(stage.world, 2) },
  { name: 'the connection lost in the middle of what the remote tells', transports: ['http'], break: (stage, attempt) => answersLost(stage.world, 1 + attempt % 3) },
  { name: 'a server that answers 429 three times', transports: ['http'], break: (stage) => answersWith(stage.world, 429, 3) },
  { name: 'a server that answers 503 three times', transports: ['http'], break: (stage) => answersWith(stage.world, 503, 3) },
  {
    name: 'a server that answers 503 until the deadline',
    transports: ['http'],
    break: (stage) => ({ ...answersWith(stage.world, 503, Infinity), codes: [6], says: /until the deadline \(1s\)/, leaves: ['old'], args: SOON }),
  },
  {
    name: 'a server that does not answer until the deadline',
    transports: ['http'],
    break: (stage, attempt) => ({ ...neverAnswers(stage.world, 1 + attempt % 3), codes: [6], says: /until the deadline \(1s\)/, leaves: ['old'], args: SOON }),
  },
  {
    name: 'a server that takes away the right to push',
    transports: ['http'],
    break: (stage) => ({ ...answersWith(stage.world, 403, Infinity, /receive-pack/), codes: [5], says: /no permission to write/, leaves: ['old'] }),
  },
  { name: 'a lock that somebody holds until the deadline', transports: TRANSPORTS, break: lockedUntilDeadline },
  { name: 'a lock that somebody lets go', transports: TRANSPORTS, break: lockedForAWhile },
  { name: 'the repository deleted between look and push', transports: TRANSPORTS, break: goneMeanwhile },
  {
    name: 'a git of ours killed (out of memory), at each of its steps',
    transports: TRANSPORTS,
    break: (stage, attempt) => ({ codes: [0], leaves: ['new'], env: onceBefore(stage, COMMANDS[attempt % COMMANDS.length], 'kill -s KILL $$') }),
  },
  {
    name: 'the publish killed while it reads (`ls-remote`, `fetch`, `cat-file`, `fast-import`)',
    transports: TRANSPORTS,
    break: (stage, attempt) => ({ codes: ['SIGKILL'], killed: true, leaves: ['old'], env: onceBefore(stage, COMMANDS[attempt % 4], 'kill -s KILL $PPID') }),
  },
  {
    name: 'a temporary folder that is full, sooner or later',
    transports: TRANSPORTS,
    impossible: noMounts,
    // From not enough for anything to enough for all.
    break: (stage, attempt) => onSmallDisk(stage, `size=${Math.round(16 * 1.5 ** (attempt % 8))}k`, { codes: [0, 2], says: /^$|TMPDIR/, leaves: ['old', 'new'] }),
  },
  {
    name: 'a temporary folder that is read-only',
    transports: TRANSPORTS,
    impossible: noMounts,
    break: (stage) => onSmallDisk(stage, 'ro', { codes: [2], says: /temporary folder '.*': cannot be written to \(EROFS/, leaves: ['old'] }),
  },
];

function hook({ world, repository }: Stage, name: string, script: string, broken: Broken): Broken {
  world.scene.hook(repository, name, script);
  return { ...broken, mend: () => rmSync(world.scene.path(repository, 'hooks', name)) };
}

/** A script that runs before a command of git for the first time. */
function onceBefore({ world }: Stage, command: string, script: string): NodeJS.ProcessEnv {
  return world.withGit('broken', `case " $* " in ${subcommand(command)}) mkdir "${world.scene.path('once')}" 2>/dev/null && { ${script}; };; esac`);
}

function lockedUntilDeadline({ ground }: Stage): Broken {
  const lock = join('refs', 'heads', 'branch-7.lock');
  writeFileSync(join(ground.repository, lock), '');
  return {
    codes: [6],
    says: /the remote holds the lock '[^']*refs\/heads\/branch-7\.lock'/,
    leaves: ['old'],
    args: AFTER_A_WHILE,
    mend: () => {
      const left = ground.locks();
      ground.removeLocks();
      if (left.join() !== lock) {
        throw new Error(`locks afterwards: ${left.join(', ') || 'none'}, in place of the one that was held`);
      }
    },
  };
}

function lockedForAWhile(stage: Stage): Broken {
  const lock = join(stage.ground.repository, 'refs', 'heads', 'branch-7.lock');
  const seen = stage.world.scene.path('seen');
  writeFileSync(lock, '');
  // The second push finds it gone.
  const script = `case " $* " in ${subcommand('push')}) if test -e "${seen}"; then rm -f "${lock}"; else touch "${seen}"; fi;; esac`;
  return { codes: [0], says: /the remote holds the lock '[^']*branch-7\.lock'.* Starting again/, leaves: ['new'], env: stage.world.withGit('broken', script) };
}

function goneMeanwhile(stage: Stage): Broken {
  const away = `${stage.ground.repository}.away`;
  return {
    codes: [5],
    says: /no such repository/,
    leaves: ['old'],
    env: onceBefore(stage, 'push', `mv "${stage.ground.repository}" "${away}"`),
    mend: () => {
      if (existsSync(stage.ground.repository)) {
        throw new Error('the repository was made again');
      }
      renameSync(away, stage.ground.repository);
    },
  };
}

/** As the user that one is or, if that is not root, as a root of a namespace of one's own. */
function unshare(): string[] {
  return process.getuid?.() === 0 ? ['unshare', '--mount'] : ['unshare', '--map-root-user', '--mount'];
}

function noMounts(): string | undefined {
  try {
    const [command, ...args] = unshare();
    execFileSync(command, [...args, 'sh', '-c', 'mount -t tmpfs -o size=64k none /mnt'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'needs `unshare --mount` and tmpfs';
  }
}

/** Has the publish find a file system of its own as temporary folder. It is gone with the process. */
function onSmallDisk({ world }: Stage, options: string, broken: Broken): Broken {
  const [command, ...args] = unshare();
  return {
    ...broken,
    start: (all) => spawn(
      command, [...args, 'sh', '-c', `mount -t tmpfs -o ${options} none "$TMPDIR" && exec "$@"`, 'sh', process.execPath, MAIN, 'publish', ...all],
      { cwd: world.scene.path('work'), env: world.scene.env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    ),
  };
}
