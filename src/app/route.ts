import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Visit, Walk } from './walk';
import { complaint, fileNameOf } from '../format';
import { Claim, describePlace, Destination, placeKey, verbatimOf } from '../routing';
import { isFluxGroup } from '../rules';
import { checkFileName } from '../validation';

/** An object and the file that it goes to. */
export interface RoutedObject {
  readonly object: ApiObject;
  /** Whose file it is: two that want the same file are told. */
  readonly of: IConstruct;
}

/** A file to be written, and the objects in it. */
export interface RoutedFile {
  /** Relative to the root of the branch, or of the output folder where there is no destination. */
  readonly path: string;
  readonly objects: RoutedObject[];
}

/** A directory of a branch, and its files. */
export interface RoutedDestination {
  readonly destination: Destination;
  readonly files: Map<string, RoutedFile>;
}

/** Where everything goes. */
export interface Routing {
  readonly destinations: RoutedDestination[];
  /** Objects that no delivery claimed, by chart, dependencies first. */
  readonly unclaimed: Visit[][];
}

/** Whether an object is for a Flux controller. */
export function isFluxObject(object: ApiObject): boolean {
  return isFluxGroup(object.apiGroup);
}

/** Sends every object to its file. What cannot be is said in `errors`. */
export function route(walk: Walk, charts: readonly Visit[][], extension: string, errors: string[]): Routing {
  const destinations = new Map<string, RoutedDestination>();
  const unclaimed: Visit[][] = [];
  const into = (destination: Destination): RoutedDestination => {
    const key = placeKey(destination);
    let routed = destinations.get(key);
    if (!routed) {
      destinations.set(key, routed = { destination, files: new Map() });
    } else if (routed.destination.owner !== destination.owner) {
      errors.push(complaint(
        destination.owner,
        `${describePlace(destination)} of '${destination.repository.name}' is filled by '${routed.destination.owner.node.path}' too`,
        'Fill it from one place: deliver everything by the same object',
      ));
    }
    return routed;
  };
  const add = (destination: Destination, path: string, object: ApiObject, of: IConstruct) => {
    const { files } = into(destination);
    const file = files.get(path);
    if (!file) {
      const problem = checkFileName(of, path);
      errors.push(...problem ? [problem] : []);
      files.set(path, { path, objects: [{ object, of }] });
    } else if (file.objects[0].of !== of) {
      errors.push(complaint(of, `its file '${path}' is that of '${file.objects[0].of.node.path}' too`, 'Give one of the two another id or name'));
    } else {
      file.objects.push({ object, of });
    }
  };
  for (const chart of charts) {
    const rest: Visit[] = [];
    for (const visit of chart) {
      const object = visit.construct as ApiObject;
      const { claim } = visit;
      const targets = claim?.destination ? [claim.destination] : claim || isFluxObject(object) ? clustersFor(claim, walk.clusters) : [];
      for (const destination of targets) {
        // What is written as it came has a file of its own, so that the program it came from can read it there.
        const isOwnFile = destination.role === 'config' || verbatimOf(object) !== undefined && object.node.scope !== visit.claimed;
        const name = claim?.fileName ?? (isOwnFile ? objectFileName(object) : fileNameOf(visit.claimed!.node.id));
        if (!name) {
          errors.push(complaint(visit.claimed!, 'no file name can be made of its id', 'Give it an id with letters or digits'));
        }
        const path = claim?.rootFile ?? (destination.path ? `${destination.path}/` : '') + name + extension;
        add(destination, path, object, claim?.fileName ? claim.by : isOwnFile ? object : visit.claimed!);
      }
      if (targets.length === 0) {
        rest.push(visit);
      }
    }
    unclaimed.push(rest);
  }
  for (const delivery of walk.deliveries) {
    if (!destinations.has(placeKey(delivery))) {
      errors.push(complaint(
        delivery.owner,
        `no object is delivered to it, so that there would be no ${kindOf(delivery)}, and Flux would ask for it in vain`,
        `Deliver something to it; take ${delivery.artifact ? 'FluxOciSource' : 'FluxGitSource'} and FluxKustomization for a ${kindOf(delivery)} that another app fills; or leave it out: then Flux removes what it applied from there`,
      ));
    }
  }
  return { destinations: [...destinations.values()], unclaimed };
}

function kindOf({ artifact, path }: Destination): string {
  return artifact ? 'artifact' : path ? 'directory' : 'branch';
}

/** Where what names no cluster goes: that is clear only if there is one, or if it is for all. */
function clustersFor(claim: Claim | undefined, clusters: readonly Destination[]): readonly Destination[] {
  return clusters.length === 1 || claim?.everyCluster ? clusters : [];
}

/** `<kind>-<name>`, with the namespace behind it unless that is Flux's own. */
function objectFileName(object: ApiObject): string {
  const { namespace } = object.metadata;
  return fileNameOf(`${object.kind.toLowerCase()}-${object.name}${namespace && namespace !== 'flux-system' ? `.${namespace}` : ''}`);
}
