/** What of git's environment would lead it to another repository, or print what nobody asked for. */
const DROPPED = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_COMMON_DIR', 'GIT_CONFIG', 'GIT_CURL_VERBOSE', 'GIT_DIR', 'GIT_GRAFT_FILE', 'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE', 'GIT_INDEX_VERSION', 'GIT_INTERNAL_SUPER_PREFIX', 'GIT_NAMESPACE', 'GIT_NO_REPLACE_OBJECTS', 'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX', 'GIT_PUSH_OPTION_COUNT', 'GIT_QUARANTINE_PATH', 'GIT_REPLACE_REF_BASE', 'GIT_SHALLOW_FILE', 'GIT_WORK_TREE',
];

/**
 * How much freed memory glibc keeps for the next object, in bytes (mallopt(3), M_TRIM_THRESHOLD). It gives all above 128 KiB back, and git takes
 * more than that anew for each object that it compresses: for thousands of small ones that takes longer than all the rest.
 */
const KEPT_MEMORY = '16777216';

/** Environment variables that hold the credentials of an http(s) remote. */
export const USERNAME_VARIABLE = 'CDK8S_FLUXCD_USERNAME';
export const PASSWORD_VARIABLE = 'CDK8S_FLUXCD_PASSWORD';

/**
 * The environment of git: the user's, with ssh, proxies and configuration as they are, but without a repository, a trace, a
 * question to a terminal, a transport that runs programs, or a translation of the messages that we read. Hooks and ssh see no password.
 */
export function gitEnvironment(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const environment = { ...base };
  for (const name of Object.keys(environment)) {
    if (name.startsWith('GIT_TRACE') || DROPPED.includes(name)) {
      delete environment[name];
    }
  }
  delete environment[USERNAME_VARIABLE];
  delete environment[PASSWORD_VARIABLE];
  return {
    MALLOC_TRIM_THRESHOLD_: KEPT_MEMORY,
    ...environment,
    GIT_ALLOW_PROTOCOL: 'file:http:https:ssh',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
}

/** Adds configuration that stands in no file and on no command line. */
export function withConfig(environment: NodeJS.ProcessEnv, config: [string, string][]): NodeJS.ProcessEnv {
  const first = Number(environment.GIT_CONFIG_COUNT ?? 0) || 0;
  const result: NodeJS.ProcessEnv = { ...environment, GIT_CONFIG_COUNT: String(first + config.length) };
  config.forEach(([key, value], index) => {
    result[`GIT_CONFIG_KEY_${first + index}`] = key;
    result[`GIT_CONFIG_VALUE_${first + index}`] = value;
  });
  return result;
}

/**
 * The configuration of a bare repository of our own for a remote. Where the user's would change what we do, ours says otherwise; all else
 * (ssh, proxies, helpers) is the user's.
 */
export function repositoryConfig(remote: string, url: string): string {
  return `[core]
	repositoryformatversion = 0
	bare = true
	logAllRefUpdates = false
	hooksPath = no-hooks
[gc]
	auto = 0
[protocol]
	version = 2
[fetch]
	writeCommitGraph = false
[push]
	followTags = false
	negotiate = false
	useForceIfIncludes = false
[remote "${remote}"]
	url = "${url.replace(/["\\]/g, '\\$&')}"
`;
}
