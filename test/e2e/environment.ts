/** What makes git work on another repository than the one it is told to. */
const MISLEADING = /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|TRACE.*|CURL_VERBOSE)$/;
const LOOPBACK = '127.0.0.1';

/** Makes the environment of this process, and of all that it starts, one in which nothing of the user's own acts on what a run does. */
export function becomeNeutral({ ownServers }: { ownServers: boolean }): void {
  const { env } = process;
  Object.keys(env).filter((name) => MISLEADING.test(name)).forEach((name) => delete env[name]);
  Object.assign(env, { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' });
  if (ownServers) {
    // Commits that ask for a passphrase, hooks, proxies: of use only where the repositories are somebody's.
    Object.assign(env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' });
    ['no_proxy', 'NO_PROXY'].forEach((name) => env[name] = [env[name], LOOPBACK].filter(Boolean).join(','));
  }
}
