import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Claim, declaredBy, DeclaredRepository, Destination, destinationOf, existingOf, ownClaim } from '../routing';
import { ExistingObject } from '../rules';
import { acknowledgedAt } from '../validation';

/** A construct as the walk met it. */
export interface Visit {
  readonly construct: IConstruct;
  /** Place in the walk: parents before children, children in the order of creation. */
  readonly index: number;
  readonly parent?: Visit;
  /** The closest chart; undefined above charts. */
  readonly chart?: Chart;
  /** The closest claim, and the construct that it is on. */
  readonly claim?: Claim;
  readonly claimed?: IConstruct;
  /** The index after the last of its descendants. */
  end: number;
}

/** All that one walk over the tree finds. */
export interface Walk {
  readonly visits: readonly Visit[];
  /** Where the Flux objects of each cluster of the app go. */
  readonly clusters: readonly Destination[];
  /** Where each delivery of the app goes. */
  readonly deliveries: readonly Destination[];
  /** The repositories and registries that the app declares. */
  readonly repositories: readonly DeclaredRepository[];
  /** What is declared to be made elsewhere. */
  readonly existing: readonly ExistingObject[];
  /** Why warnings are acknowledged, by rule, by the path of the construct at which they are. */
  readonly acknowledged: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** What the validations of the constructs say, as cdk8s words it. */
  readonly errors: string[];
}

/** Visits every construct once, without recursion: a tree may be deep. */
export function walk(root: IConstruct): Walk {
  const visits: Visit[] = [];
  const clusters: Destination[] = [];
  const deliveries: Destination[] = [];
  const repositories: DeclaredRepository[] = [];
  const existing: ExistingObject[] = [];
  const acknowledged = new Map<string, ReadonlyMap<string, string>>();
  const errors: string[] = [];
  const open: { construct: IConstruct; parent?: Visit }[] = [{ construct: root }];
  while (open.length) {
    const { construct, parent } = open.pop()!;
    const claim = ownClaim(construct);
    const visit: Visit = {
      construct,
      index: visits.length,
      parent,
      chart: Chart.isChart(construct) ? construct as Chart : parent?.chart,
      claim: claim ?? parent?.claim,
      claimed: claim ? construct : parent?.claimed,
      end: visits.length + 1,
    };
    visits.push(visit);
    const destination = destinationOf(construct);
    if (destination) {
      (destination.role === 'config' ? clusters : deliveries).push(destination);
    }
    const repository = declaredBy(construct);
    if (repository) {
      repositories.push(repository);
    }
    const elsewhere = existingOf(construct);
    if (elsewhere) {
      existing.push(elsewhere);
    }
    const known = acknowledgedAt(construct);
    if (known.size) {
      acknowledged.set(construct.node.path, known);
    }
    for (const error of construct.node.validate()) {
      errors.push(`[${construct.node.path}] ${error}`);
    }
    const children = construct.node.children;
    for (let i = children.length - 1; i >= 0; i--) {
      open.push({ construct: children[i], parent: visit });
    }
  }
  for (let i = visits.length - 1; i > 0; i--) {
    const { parent, end } = visits[i];
    parent!.end = Math.max(parent!.end, end);
  }
  return { visits, clusters, deliveries, repositories, existing, acknowledged, errors };
}

/** Whether a visited construct is an API object. */
export function isApiObject(visit: Visit): boolean {
  return ApiObject.isApiObject(visit.construct);
}
