import { ApiObject, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CONSTRUCT_METADATA_FILE } from './construct-metadata';
import { byCodeUnits, RenderedDestination } from './delivery-entries';
import { OWN_FILES } from './own-files';
import { isFluxObject, RoutedDestination, Routing } from './route';
import { unclaimedFiles } from './unclaimed-files';
import { complaint, toYaml, YamlValueError } from '../format';
import { isWithin, nameClashes } from '../manifest';
import { Destination, verbatimOf } from '../routing';
import { clusterNameOf, hasSetting, itemsOf } from '../rules';
import {
  checkClashes, checkFileName, checkMarkedDestination, checkNamespaceInBranch, checkObjectNames, checkOverlaps, checkPlaintext, checkRepositories,
  checkReserved, DeliveredObject, FilledDirectory, GrantedException, MarkedField, markedFieldsOf, markerComments,
} from '../validation';

/** All that is to be written. */
export interface Rendering {
  /** Content by path, relative to the output folder. */
  readonly files: Map<string, string>;
  readonly delivered: readonly RenderedDestination[];
  /** Files that are not published. */
  readonly unclaimed: readonly string[];
  /** What each object renders. */
  readonly rendered: ReadonlyMap<ApiObject, any>;
  /** The fields with image markers. */
  readonly marked: readonly MarkedField[];
  /** The files with Flux objects that no delivery claimed. */
  readonly fluxUnclaimed: string[];
}

/** How the app is to be written. */
export interface RenderOptions {
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

  const delivered: RenderedDestination[] = [];
  for (const { destination, files: routed } of routing.destinations) {
    const folder = `${destination.repository.name}/${destination.branch}/`;
    const inDirectory: string[] = [];
    const exceptions: GrantedException[] = [];
    const names: string[] = [];
    const kept: string[] = [];
    for (const { path, objects } of routed.values()) {
      const isInside = path.startsWith(directoryOf(destination));
      // What lies outside is applied by bootstrap.
      const applied = isInside ? destination.applied : undefined;
      write(folder + path, objects.map(({ object }) => document(object, (json, fields) => {
        exceptions.push(...check({ object, json, destination }));
        errors.push(...checkMarkedDestination(fields, destination));
        for (const item of itemsOf(json)) {
          const name = clusterNameOf(item, applied);
          names.push(name);
          kept.push(...applied?.keeps || hasSetting(item, 'prune', 'disabled') ? [name] : []);
        }
      })));
      if (isInside) {
        inDirectory.push(path.slice(directoryOf(destination).length));
      }
    }
    const kustomization = `${directoryOf(destination)}kustomization.yaml`;
    write(folder + kustomization, [
      toYaml([{ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: inDirectory.sort(byCodeUnits) }]),
    ]);
    delivered.push({ destination, files: [...routed.keys(), kustomization], exceptions, objects: names, kept });
  }

  const unclaimed = unclaimedFiles(routing.unclaimed, options.yamlOutputType, options.extension);
  for (const [path, objects] of unclaimed) {
    note(checkFileName(objects[0], path));
    write(path, objects.map((object) => document(object)));
  }
  const destinations = routing.destinations.map(({ destination }) => destination);
  errors.push(...checkRepositories(destinations), ...checkOverlaps(routing.destinations.map(filledDirectory)), ...branchClashes(routing));
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
    delivered,
    unclaimed: [...unclaimed.keys(), ...metadata],
  };

  function check(object: DeliveredObject): GrantedException[] {
    note(checkNamespaceInBranch(object));
    note(checkReserved(object));
    note(checkObjectNames(object));
    const { errors: exposed, exceptions } = checkPlaintext(object);
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
      return verbatimOf(object) ?? toYaml([json], markerComments(fields));
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
}

function filledDirectory({ destination, files }: RoutedDestination): FilledDirectory {
  // Only what belongs to a cluster has files outside of its directory.
  return { destination, outside: destination.cluster ? [...files.keys()].filter((path) => !isWithin(path, destination.path)) : [] };
}

function branchClashes({ destinations }: Routing): string[] {
  const branches = new Map<string, { what: string; owners: Map<string, IConstruct> }>();
  for (const { destination: { repository, branch, owner, artifact } } of destinations) {
    const entry = branches.get(repository.name) ?? { what: artifact ? 'folder of the artifact' : 'branch', owners: new Map<string, IConstruct>() };
    branches.set(repository.name, entry);
    entry.owners.set(branch, owner);
  }
  return [...branches.values()].flatMap(({ what, owners }) => checkClashes(what, owners));
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

function directoryOf({ path }: Destination): string {
  return path && `${path}/`;
}
