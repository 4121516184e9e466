import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { sample } from 'fast-check';
import { loadAll } from 'js-yaml';
import { LATER_TYPES } from '../../../scripts/read-schemas';
import { schemaComplaints } from '../../../src/schema';
import { fluxKinds } from '../../../src/schema/kinds';
import { Dice } from '../../schema/dice';
import { MUTATIONS } from '../../schema/mutations';
import { GENERATED_KINDS, objectArbitrary } from '../../schema/object-arbitrary';
import { DryRuns, Verdict } from '../dry-runs';
import { runProgram } from '../example';
import { renderedByTests } from '../rendered';
import { Scenario } from '../scenario';

const { CDK8S_FLUXCD_DIFFERENTIAL_OBJECTS = '5000', CDK8S_FLUXCD_DIFFERENTIAL_SEED = '27' } = process.env;
const ROOT = resolve(__dirname, '..', '..', '..');
const OBJECTS = Number(CDK8S_FLUXCD_DIFFERENTIAL_OBJECTS);
const SEED = Number(CDK8S_FLUXCD_DIFFERENTIAL_SEED);
const NAMESPACE = 'differential';
/** As many differences are printed; one mistake makes hundreds. */
const SHOWN = 20;

interface Case {
  readonly mutation: string;
  readonly object: any;
}

/** Where schemaComplaints is meant to be of another opinion than the API server. */
const KNOWN_DIFFERENCES = [
  {
    reason: 'to the API server an object without a spec is complete; no controller can do anything with it',
    isOne: ({ spec }: any, { accepted }: Verdict) => accepted && spec === undefined,
  },
  {
    reason: 'the newest notification-controller to be had is older than the types',
    isOne: ({ kind, spec }: any, { accepted }: Verdict) => !accepted && kind === 'Provider' && LATER_TYPES.includes(spec?.type),
  },
];

/** Objects that are whole, and objects that are broken in one way, are judged by both. What they say is not compared. */
export const differential: Scenario = {
  name: 'differential',
  proves: 'what is said of Flux objects, whole or broken, without a cluster is what the API server says',
  async run(world) {
    await world.cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
    const written = [...inDocs(), ...inFiles(runProgram(world, 'nodezoo'))];
    ok(written.length > 20, 'too few objects in documents and examples');
    const cases = casesOf(await renderedByTests(world.scene.folder), written);
    const runs = await DryRuns.open(world.site.kubeconfig);
    const verdicts = await runs.tryAll(cases.map(({ object }) => object), NAMESPACE).finally(() => runs.close());

    const figures: { [mutation: string]: { accepted: number; refused: number; knownDifferences: number; different: number } } = {};
    const different: object[] = [];
    for (const [index, { mutation, object }] of cases.entries()) {
      const figure = figures[mutation] ??= { accepted: 0, refused: 0, knownDifferences: 0, different: 0 };
      const verdict = verdicts[index];
      const complaints = schemaComplaints(object).map(({ rule, field, problem }) => `${rule}: ${field}: ${problem}`);
      figure[verdict.accepted ? 'accepted' : 'refused']++;
      if (verdict.accepted !== (complaints.length === 0)) {
        if (KNOWN_DIFFERENCES.some(({ isOne }) => isOne(object, verdict))) {
          figure.knownDifferences++;
        } else {
          figure.different++;
          different.push({ mutation, object: JSON.stringify(object), server: verdict.accepted ? 'accepted' : verdict.message, complaints });
        }
      }
    }
    console.table(figures);
    const [accepted, refused] = [true, false].map((wanted) => verdicts.filter((verdict) => verdict.accepted === wanted).length);
    console.log(`${cases.length} objects of ${GENERATED_KINDS.length} kinds: ${accepted} accepted, ${refused} refused, ${different.length} judged otherwise`);
    deepEqual(different.slice(0, SHOWN), []);
    ok(Math.min(accepted, refused) > OBJECTS / 5, 'too few that are accepted, or too few that are refused');
  },
};

/** The objects of Flux in the YAML that documents show. */
function inDocs(): any[] {
  const files = [join(ROOT, 'README.md'), ...readdirSync(join(ROOT, 'docs')).map((file) => join(ROOT, 'docs', file))].filter((file) => file.endsWith('.md'));
  return files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/```yaml\n([^]*?)```/g)].flatMap(([, text]) => loadAll(text)));
}

/** The objects in the files of an output folder. */
function inFiles(folder: string): any[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path));
  return files.flatMap((path) => loadAll(readFileSync(join(folder, path), 'utf8')));
}

/** Objects of every kind: those that are written down, some that tests render, and changed copies of all of them and of generated ones. */
function casesOf(rendered: readonly any[], written: readonly any[]): Case[] {
  const dice = new Dice(SEED);
  const ofFlux = (objects: readonly any[]) => objects.flatMap((object) => {
    const kind = fluxKinds().find((each) => each.kind === object?.kind && each.apiVersion === object.apiVersion);
    return kind ? [{ kind, object: { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } } }] : [];
  });
  const found = ofFlux([...written, ...rendered]);
  const generated = GENERATED_KINDS.flatMap((kind) => (
    sample(objectArbitrary(kind), { seed: SEED, numRuns: Math.ceil(OBJECTS / GENERATED_KINDS.length) }).map((object) => ({ kind, object }))
  ));
  const whole = [
    ...ofFlux(written).map(({ object }) => ({ mutation: 'nothing, written', object })),
    ...Array.from({ length: OBJECTS / 10 }, () => ({ mutation: 'nothing', object: dice.pick(found).object })),
  ];
  const mutations = Object.keys(MUTATIONS);
  return [...whole, ...Array.from({ length: OBJECTS - whole.length }, (_, index) => {
    const mutation = mutations[index % mutations.length];
    for (;;) {
      const { kind, object } = dice.pick(dice.below(8) === 0 ? found : generated);
      const changed = structuredClone(object);
      if (MUTATIONS[mutation](changed, kind, dice) !== false) {
        return { mutation, object: inNamespace(JSON.parse(JSON.stringify(changed))) };
      }
    }
  })];
}

/** What is in another namespace would be refused because there is none of that name. */
function inNamespace(object: any): any {
  const { namespace } = object.metadata ?? {};
  if (typeof namespace === 'string' && /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) {
    object.metadata.namespace = NAMESPACE;
  }
  return object;
}
