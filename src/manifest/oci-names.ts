import { pathProblem } from './git-names';

/**
 * What registries make of a name. Each function gives the problem, to be put after the name, or undefined.
 */

/** The longest name of a repository that registries and their clients take, without the host. */
const MAX_REPOSITORY = 255;

// Of the OCI distribution specification, section "Pulling manifests".
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

// Without a '.' or a ':' in it the first part is a repository of Docker Hub to source-controller, and no host.
const REGISTRY = /^oci:\/\/((?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?)(?:\/(.*))?$/;

/** What keeps a name from being that of a repository in a registry. */
export function artifactProblem(name: string): string | undefined {
  if (name.length > MAX_REPOSITORY) {
    return `has more than ${MAX_REPOSITORY} characters, which no registry takes`;
  } else if (!REPOSITORY.test(name)) {
    return "cannot be the name of an OCI artifact: parts of lower-case letters and digits, '.', '_' and '-' between them, '/' between the parts";
  }
  return pathProblem(name);
}

/** What keeps a name from being a tag. */
export function tagProblem(tag: string): string | undefined {
  return TAG.test(tag) ? undefined : "cannot be a tag: at most 128 letters, digits, '.', '_' and '-', a letter, digit or '_' first";
}

/** What keeps a URL from being a place in a registry. The URL is not repeated: it may hold a password. */
export function registryUrlProblem(url: string): string | undefined {
  if (/^[^/]*:\/\/[^/]*@/.test(url)) {
    return "carries a credential: leave it out, and name the Secret that holds it ('secret')";
  } else if (!url.startsWith('oci://')) {
    return "does not start with 'oci://'";
  }
  const [, host, path] = REGISTRY.exec(url) ?? [];
  if (host === undefined) {
    return 'is no place in a registry: oci://<host>[:<port>]/<path>, in lower case';
  } else if (!/[.:]/.test(host)) {
    return `names no host: without a '.' or a port '${host}' is a repository of Docker Hub to Flux, which is oci://docker.io/...`;
  } else if (path !== undefined && /[:@]/.test(path)) {
    return 'carries a tag or a digest: it names the place alone, and each artifact has a tag of its own';
  }
  return path === undefined || !artifactProblem(path) ? undefined : 'has a path that no repository of a registry can have: lower case, no empty part, at most 255 characters';
}

/** The repository of an artifact, without the host, as a registry counts its length. */
export function repositoryOfArtifact(url: string, artifact: string): string {
  return [REGISTRY.exec(url)?.[2], artifact].filter(Boolean).join('/');
}
