import { commandSide, scriptSide } from './publish-side';
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
      ours: commandSide(place, { name: 'publish', branches: 300, turn: SHORT }),
      other: scriptSide(place, { name: 'script', branches: 300, turn: 1 }),
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
