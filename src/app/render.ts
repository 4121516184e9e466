import { ApiObject, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CONSTRUCT_METADATA_FILE } from './construct-metadata';
import { OWN_FILES } from './own-files';
import { isFluxObject, Routing } from './route';
import { unclaimedFiles } from './unclaimed-files';
import { complaint, toYaml, YamlValueError } from '../format';
import { DELIVERY_MANIFEST_VERSION, DeliveryManifest, nameClashes, RepositoryManifest, TargetManifest } from '../manifest';
import { Destination } from '../routing';
import {
  checkClashes, checkFileName, checkMarkedDestination, checkNamespaceInBranch, checkOverlaps, checkPlaintext, checkRepositories, checkReserved,
  DeliveredObject, GrantedException, MarkedField, markedFieldsOf, markerComments,
} from '../validation';

/** All that is to be written. */
export interface Rendering {
  /** Content by path, relative to the output folder. */
  readonly files: Map<string, string>;
  readonly manifest: DeliveryManifest;
  /** What each object renders. */
  readonly rendered: ReadonlyMap<ApiObject, any>;
  /** The fields with image markers. */
  readonly marked: readonly MarkedField[];
  /** The files with Flux objects that no delivery claimed. */
  readonly fluxUnclaimed: string[];
}

/** What the app says of itself. */
export interface RenderOptions {
  readonly app?: string;
  readonly inputs: { readonly [name: string]: string };
  readonly extension: string;
  readonly yamlOutputType: YamlOutputType;
  /** Content of the file of construct metadata, if there is to be one. */
  readonly constructMetadata?: string;
}

/** Renders everything in memory. What cannot be is said in `errors`, and nothing may be written then. */
export function render(routing: Routing, options: RenderOptions, errors: string[]): Rendering {
  const files = new Map<string, string>();
  const rendered = new Map<ApiObject, any>();
  const marked: MarkedField[] = [];

  const repositories = new Map<string, RepositoryManifest>();
  for (const { destination, files: routed } of routing.destinations) {
    const folder = `${destination.repository.name}/${destination.branch}/`;
    const inDirectory: string[] = [];
    const exceptions: GrantedException[] = [];
    for (const { path, objects } of routed.values()) {
      write(folder + path, objects.map(({ object }) => document(object, (json, fields) => {
        exceptions.push(...check({ object, json, destination }));
        errors.push(...checkMarkedDestination(fields, destination));
      })));
      if (path.startsWith(directoryOf(destination))) {
        inDirectory.push(path.slice(directoryOf(destination).length));
      }
    }
    const kustomization = `${directoryOf(destination)}kustomization.yaml`;
    write(folder + kustomization, [
      toYaml([{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: inDirectory.sort(byCodeUnits) }]),
    ]);
    repositoryOf(destination).targets.push(targetOf(destination, [...routed.keys(), kustomization], exceptions));
  }

  const unclaimed = unclaimedFiles(routing.unclaimed, options.yamlOutputType, options.extension);
  for (const [path, objects] of unclaimed) {
    note(checkFileName(objects[0], path));
    write(path, objects.map((object) => document(object)));
  }
  const destinations = routing.destinations.map(({ destination }) => destination);
  errors.push(...checkRepositories(destinations), ...checkOverlaps(destinations), ...branchClashes(routing));
  // Two files of a directory that clash do so in the output folder too, so that one look over all will do as a rule.
  const clashes = outputClashes([...files.keys()]);
  if (clashes.length) {
    errors.push(...fileClashes(routing));
    errors.push(...errors.length ? [] : clashes);
  }
  const metadata = options.constructMetadata === undefined ? [] : [CONSTRUCT_METADATA_FILE];
  metadata.forEach((path) => files.set(path, options.constructMetadata!));

  return {
    files,
    rendered,
    marked,
    fluxUnclaimed: [...unclaimed].filter(([, objects]) => objects.some(isFluxObject)).map(([path]) => path),
    manifest: {
      version: DELIVERY_MANIFEST_VERSION,
      app: options.app,
      inputs: options.inputs,
      repositories: [...repositories.values()].sort((a, b) => byCodeUnits(a.name, b.name)).map((repository) => ({
        ...repository, targets: repository.targets.sort((a, b) => byCodeUnits(a.branch, b.branch) || byCodeUnits(a.path, b.path)),
      })),
      unclaimed: [...unclaimed.keys(), ...metadata].sort(byCodeUnits),
    },
  };

  function check(delivered: DeliveredObject): GrantedException[] {
    note(checkNamespaceInBranch(delivered));
    note(checkReserved(delivered));
    const { errors: exposed, exceptions } = checkPlaintext(delivered);
    errors.push(...exposed);
    return exceptions;
  }

  function note(error: string | undefined): void {
    if (error) {
      errors.push(error);
    }
  }

  /** An object as YAML, after a look at what it renders. */
  function document(object: ApiObject, look: (json: any, fields: readonly MarkedField[]) => void = () => undefined): string {
    try {
      const json = object.toJson();
      rendered.set(object, json);
      const fields = markedFieldsOf(object, json, errors);
      marked.push(...fields);
      look(json, fields);
      return toYaml([json], markerComments(fields));
    } catch (error) {
      errors.push(error instanceof YamlValueError
        ? complaint(object, `${error.path}: ${error.problem}`, error.remedy)
        : complaint(object, (error as Error).message, 'Mend the construct, or the patch on it'));
      return '';
    }
  }

  function write(path: string, documents: string[]): void {
    if (files.has(path)) {
      errors.push(`the app: two files of the output would be '${path}'. Give one of the charts, repositories or branches another name.`);
    }
    files.set(path, documents.join('---\n'));
  }

  function repositoryOf({ repository: { name, url } }: Destination): RepositoryManifest {
    let repository = repositories.get(name);
    if (!repository) {
      repositories.set(name, repository = { name, url, targets: [] });
    }
    return repository;
  }
}

function branchClashes({ destinations }: Routing): string[] {
  const branches = new Map<string, Map<string, IConstruct>>();
  for (const { destination: { repository, branch, owner } } of destinations) {
    const owners = branches.get(repository.name) ?? new Map<string, IConstruct>();
    branches.set(repository.name, owners.set(branch, owner));
  }
  return [...branches.values()].flatMap((owners) => checkClashes('branch', owners));
}

function fileClashes({ destinations }: Routing): string[] {
  return destinations.flatMap(({ files }) => checkClashes('file', new Map([...files].map(([path, { objects: [{ of }] }]) => [path, of]))));
}

/** What nothing above could name better: charts, repositories, clusters and this library's own files all share one folder. */
function outputClashes(files: string[]): string[] {
  return nameClashes([...OWN_FILES, ...files]).map(({ one, other }) => (
    `the app: '${other}' cannot stand beside '${one}' in the output folder. Give one of the charts, repositories, branches or clusters another name.`
  ));
}

function targetOf({ role, branch, path }: Destination, files: string[], exceptions: GrantedException[]): TargetManifest {
  return {
    role,
    branch,
    path,
    files: files.sort(byCodeUnits),
    exceptions: exceptions.length ? exceptions.sort((a, b) => byCodeUnits(a.construct, b.construct)) : undefined,
  };
}

function directoryOf({ path }: Destination): string {
  return path && `${path}/`;
}

/** The same order in every locale. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
