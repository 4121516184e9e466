import * as fc from 'fast-check';
import { said } from './support';
import { sourceRules } from '../../src/rules/source';
import { specFieldPaths } from '../schema/spec-arbitrary';

const KINDS = ['GitRepository', 'OCIRepository', 'Bucket', 'HelmRepository', 'HelmChart', 'ExternalArtifact', 'ArtifactGenerator', 'HelmRelease'];

/** Objects that have the fields of a kind, with whatever in them. */
function oddSpecs(kind: string): fc.Arbitrary<any> {
  const names = [...new Set(specFieldPaths(kind).flatMap((path) => path.split('.')))];
  const { odd } = fc.letrec((tie) => ({
    odd: fc.oneof({ maxDepth: 4, withCrossShrink: true }, fc.anything(), fc.constantFrom('', 'oci://', '@', 'ssh://', '${', 'a\nb'),
      fc.array(tie('odd'), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...names), tie('odd'), { maxKeys: 8 })),
  }));
  return fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 12 });
}

test.each(KINDS)('of whatever a hand-made %s holds, the rules say a line each, if anything', (kind) => {
  fc.assert(fc.property(fc.oneof(oddSpecs(kind), fc.anything()), (spec) => {
    for (const line of said(kind, spec)) {
      expect(line).toMatch(/^[a-z-]+ \((error|warning)\) spec\.[^\n]+: [^\n]+\.$/);
    }
  }), { numRuns: 300 });
});

test('a rule is known by its name, and says where it comes from', () => {
  expect(new Set(sourceRules.map(({ id }) => id)).size).toBe(sourceRules.length);
  for (const { id, summary, source, kinds } of sourceRules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(summary).toMatch(/[^.]$/);
    expect(source).toMatch(/^source-(controller|watcher)(, image-(reflector|automation)-controller)*$/);
    expect([...kinds]).not.toEqual([]);
  }
});
