import { said } from './support';

const FINE = {
  sources: [{ alias: 'app', kind: 'GitRepository', name: 'app' }, { alias: 'charts', kind: 'Bucket', name: 'charts' }],
  artifacts: [
    { name: 'shop', revision: '@app', originRevision: '@app', copy: [{ from: '@app/deploy/**', to: '@artifact/' }] },
    { name: 'cart', copy: [{ from: '@app/cart', to: '@artifact/' }, { from: '@charts/cart', to: '@artifact/charts' }] },
  ],
};
const saidOf = (spec: any) => said('ArtifactGenerator', { ...FINE, ...spec });

test('a broken ArtifactGenerator is told what breaks it', () => {
  const copy = [{ from: '@app/x', to: '@artifact/' }];
  expect([
    saidOf({ sources: [...FINE.sources, { alias: 'app' }] }),
    saidOf({ artifacts: [{ name: 'shop', copy }, { name: 'cart', copy }, { name: 'shop', copy }] }),
    saidOf({ pathPattern: '@apps/{app}' }),
    saidOf({ artifacts: [{ name: 'shop', revision: '@shop', originRevision: '@shop', copy: [...copy, { from: '@ap/x', to: '@artifact/' }] }] }),
    saidOf({ sources: [], artifacts: [{ name: 'shop', copy }] }),
  ],
  ).toMatchInlineSnapshot(`
[
  [
    "artifact-generator-twice (error) spec.sources[2].alias: two sources have the alias 'app'. Give each one of its own.",
  ],
  [
    "artifact-generator-twice (error) spec.artifacts[2].name: two artifacts are called 'shop'. Give each a name of its own.",
  ],
  [
    "artifact-generator-alias (error) spec.pathPattern: no source has the alias 'apps'. Write one of '@app', '@charts', or add the source.",
  ],
  [
    "artifact-generator-alias (error) spec.artifacts[0].revision: no source has the alias 'shop'. Write one of '@app', '@charts', or add the source.",
    "artifact-generator-alias (error) spec.artifacts[0].originRevision: no source has the alias 'shop'. Write one of '@app', '@charts', or add the source.",
    "artifact-generator-alias (error) spec.artifacts[0].copy[1].from: no source has the alias 'ap'. Write one of '@app', '@charts', or add the source.",
  ],
  [
    "artifact-generator-alias (error) spec.artifacts[0].copy[0].from: no source has the alias 'app'. Add the source.",
  ],
]
`);
});

test.each([
  [{}],
  [{ pathPattern: '@app/{team}/{app}' }],
  [{ artifacts: [{ name: 'shop', copy: [{ from: '@${ALIAS}/x', to: '@artifact/' }] }] }],
  [{ artifacts: undefined, sources: null }],
])('nothing is said of %j', (spec) => {
  expect(saidOf(spec)).toEqual([]);
});
