import { ValidateFolder } from './validate-folder';
import { Waiting } from '../../src/cli/validate/waiting';

test('what waits for nothing any more comes first, each once and in order', () => {
  const waiting = new Waiting<string>();
  waiting.add('a', 'x');
  waiting.add('b', 'y');
  waiting.add('c', 'x');
  waiting.release('y');
  waiting.add('d', 'y');
  expect([waiting.take(), waiting.take(), waiting.take()]).toEqual(['b', 'd', 'a']);
  waiting.release('x');
  waiting.release('x');
  waiting.add('e', 'z');
  expect([waiting.take(), waiting.take(), waiting.take(), waiting.take()]).toEqual(['c', 'e', undefined, undefined]);
  waiting.add('f', 'z');
  expect(waiting.take()).toBe('f');
});

describe('Kustomizations whose source is not among the files', () => {
  const kustomization = (number: number) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: k${number}, namespace: flux-system}
spec: {interval: 1h, prune: true, path: ./apps, sourceRef: {kind: GitRepository, name: elsewhere}}
`;
  /** How often an object or its source is made a key. */
  const keysFor = (count: number) => {
    const text = Array.from({ length: count }, (_, number) => kustomization(number)).join('---\n');
    const made = ValidateFolder.of({ 'clusters/c/all.yaml': text, 'apps/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: a}\n' });
    const stringify = jest.spyOn(JSON, 'stringify');
    try {
      expect(made.check().clusters[0].kustomizations).toBe(count + 1);
      return stringify.mock.calls.length;
    } finally {
      stringify.mockRestore();
      made.remove();
    }
  };

  test('cost the same each, however many there are', () => {
    // The first run reads the schemas.
    const [, few, some, many] = [1, 10, 60, 110].map(keysFor);
    expect(many - some).toBe(some - few);
  });
});
