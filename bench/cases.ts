import { artifactCommandSide, artifactFloorSide } from './artifact-side';
import { newBranches, newDirectories, oneOfDirectories, sameBranches } from './publish-scenes';
import { commandSide, programSide, scriptSide } from './publish-side';
import { Side } from './side';
import { Place, synthSide } from './synth-side';

/** How much faster ours is, or how much more it may take: the ratio is the other's time by ours, or ours by the other's. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A comparison, and what it has to show. */
export interface Case {
  readonly name: string;
  readonly what: string;
  readonly target: Target;
  readonly ours: Side;
  readonly other: Side;
  /** Whether both sides have to write the same objects. */
  readonly sameObjects?: boolean;
}

/** A run of a second or two is left to chance: run it more often than what it is compared with. */
const SHORT = 3;

/** All comparisons, the quick ones first. */
export function cases(place: Place): Case[] {
  const synth = (name: string, program: string, count: number, turn = 1) => synthSide(place, { name, program, count, turn, inspected: true });
  const stock = (program: string, count: number) => synthSide(place, { name: 'stock', program, count, turn: 1, inspected: false });
  return [
    {
      name: 'growth',
      what: '10,000 nodezoo services against 1,000',
      target: { atMost: 11 },
      ours: synth('10,000', 'nodezoo', 10_000),
      other: synth('1,000', 'nodezoo', 1_000, SHORT),
    },
    {
      name: 'chain',
      what: '10,000 services, each depending on the one before, against 1,000',
      target: { atMost: 11 },
      ours: synth('10,000', 'bare-chain', 10_000),
      other: synth('1,000', 'bare-chain', 1_000, SHORT),
    },
    {
      name: 'floor',
      what: '10,000 nodezoo services against the least that writes the same objects',
      target: { atMost: 1.5 },
      ours: synth('FluxApp', 'nodezoo', 10_000),
      other: synth('floor', 'nodezoo-floor', 10_000),
      sameObjects: true,
    },
    {
      name: 'publish',
      what: '300 new branches in a bare repository on this machine',
      target: { atLeast: 40 },
      ours: commandSide(place, { name: 'publish', scene: newBranches(300), turn: SHORT }),
      other: scriptSide(place, { name: 'script', scene: newBranches(300), turn: 1 }, 'each-branch.sh'),
    },
    {
      name: 'branches',
      what: '1,000 new branches, against one git fast-import and one atomic push of the same content',
      target: { atMost: 1 },
      ours: commandSide(place, { name: 'publish', scene: newBranches(1000), turn: SHORT }),
      other: programSide(place, { name: 'fast-import', scene: newBranches(1000), turn: SHORT }, 'fast-import.js'),
    },
    {
      name: 'same',
      what: '1,000 branches of which none has changed, against reading the tips and hashing what was rendered',
      target: { atMost: 3 },
      ours: commandSide(place, { name: 'publish', scene: sameBranches(1000), turn: SHORT }),
      other: scriptSide(place, { name: 'look', scene: sameBranches(1000), turn: SHORT }, 'look.sh'),
    },
    {
      name: 'paths',
      what: '1,000 directories of one new branch, against a checkout, a commit and a push of the same content',
      target: { atMost: 1 },
      ours: commandSide(place, { name: 'publish', scene: newDirectories(1000), turn: SHORT }),
      other: scriptSide(place, { name: 'script', scene: newDirectories(1000), turn: SHORT }, 'directories.sh', { whole: true }),
    },
    {
      name: 'path',
      what: 'one changed directory of 1,000 of a branch, against the same script',
      target: { atMost: 4 },
      ours: commandSide(place, { name: 'publish', scene: oneOfDirectories(1000), turn: SHORT }),
      other: scriptSide(place, { name: 'script', scene: oneOfDirectories(1000), turn: SHORT }, 'directories.sh', { whole: true }),
    },
    {
      name: 'artifacts',
      what: '300 new OCI artifacts, against uploading the same bytes',
      target: { atMost: 4 },
      ours: artifactCommandSide(place, { name: 'publish', count: 300, turn: SHORT, published: false }),
      other: artifactFloorSide(place, { name: 'floor', count: 300, turn: SHORT, published: false }),
    },
    {
      name: 'same-oci',
      what: '300 artifacts of which none has changed, against reading their manifests and hashing what was rendered',
      target: { atMost: 3 },
      ours: artifactCommandSide(place, { name: 'publish', count: 300, turn: SHORT, published: true }),
      other: artifactFloorSide(place, { name: 'floor', count: 300, turn: SHORT, published: true }),
    },
    {
      name: 'plus',
      what: '2,000 services of cdk8s-plus, a chart for each, in a FluxApp and in a stock App',
      target: { atLeast: 40 },
      ours: synth('FluxApp', 'plus-delivered', 2_000, SHORT),
      other: stock('plus-stock', 2_000),
      sameObjects: true,
    },
    {
      name: 'bare',
      what: '5,000 services of four bare ApiObjects, against stock cdk8s with a chart for each',
      target: { atLeast: 25 },
      ours: synth('FluxApp', 'bare-delivered', 5_000, SHORT),
      other: stock('bare-stock', 5_000),
      sameObjects: true,
    },
  ];
}
