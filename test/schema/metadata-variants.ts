const x = (count: number) => 'x'.repeat(count);
const owner = (fields: object = {}) => ({ apiVersion: 'v1', kind: 'Pod', name: 'a', uid: 'b', ...fields });

/** What may be tried for the fields of `metadata`: what the API server takes, and what it does not. */
export const METADATA_VARIANTS: { readonly [field: string]: readonly unknown[] } = {
  name: ['My-App', 'a_b', '-a', 'a.', 'a.b', 'a..b', x(253), x(254), '1', 'é', 5, 'a/b', '', null],
  generateName: ['a-', 'A-', 'A', 'a_b', ''],
  namespace: ['a_b', 'Upper', 5, 'a.b', x(64)],
  labels: [
    ...['b', 'b c', '', '-', x(63), x(64), 5, true, null, {}].map((value) => ({ a: value })),
    ...['a/b', 'a/b/c', '', 'A/b', 'a.b/C_d.e', 'a b', '-a', x(64), `${x(253)}/a`, `${x(254)}/a`].map((key) => ({ [key]: 'a' })),
    [], null, 'a', {},
  ],
  annotations: [
    ...['any thing\n', x(262_143), x(262_144), 'é'.repeat(131_072), 5, null].map((value) => ({ a: value })),
    ...['A.B/c', 'a b', 'a/b/c', ''].map((key) => ({ [key]: '' })),
    null, ['a'],
  ],
  finalizers: [...['finalizers.fluxcd.io', 'a b', 'a/b', 5, null, ''].map((each) => [each]), 'a', ['orphan', 'foregroundDeletion'], ['a/b', 'a/b']],
  ownerReferences: [
    [owner()], [owner({ uid: undefined })], [owner({ name: '' })], [owner({ kind: null })], [owner({ apiVersion: '' })], [owner({ apiVersion: 'a/b/c' })],
    [owner({ kind: 'Event' })], [owner({ foo: 1 })], [owner({ controller: 'true' })], [owner({ controller: true }), owner({ controller: true, uid: 'c' })],
    [owner(), owner()], [], {}, [null],
  ],
  creationTimestamp: [null, '2026-01-01T00:00:00Z', '2026-01-01', '', 5, {}, []],
  deletionTimestamp: ['2026-01-01T00:00:00Z', 'x', true],
  deletionGracePeriodSeconds: [5, '5', 1.5, null],
  generation: [3, -3, '3', 1.5],
  selfLink: ['/a', 5],
  uid: ['a', '', 5, null],
  resourceVersion: ['1', '', 1],
  managedFields: [[], [{ manager: 'a' }], null, 'a', {}],
  clusterName: ['a'],
  lables: [{}, null],
};
