import { newShop } from './support';
import { complaintsOf } from '../delivery/support';

test.each([
  ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
  ['source.toolkit.fluxcd.io/v1', 'GitRepository'],
])('%s %s flux-system is of bootstrap', (apiVersion, kind) => {
  const { app, configure } = newShop();
  const object = configure({ apiVersion, kind, metadata: { name: 'flux-system', namespace: 'flux-system' } });
  expect(complaintsOf(app)).toContain(`${object.node.path}: ${kind} flux-system/flux-system is bootstrap's own, and would be overwritten. Give it another name.`);
});
