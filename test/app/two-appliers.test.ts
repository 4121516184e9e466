import { ApiObject, Chart } from 'cdk8s';
import { FluxConfigRepository } from '../../src/delivery';
import { FluxKubeConfig, FluxSecret } from '../../src/flux';
import { FluxKustomization, FluxKustomizationOptions, ManifestBranchKustomization } from '../../src/kustomize';
import { FluxGitSource, GitRef } from '../../src/source';
import { complaintsOf, CONFIG, MANIFESTS, newApp, synth } from '../delivery/support';

/** One branch that a Kustomization applies as it is, and another one with options. */
function applied(options: FluxKustomizationOptions, name = 'settings') {
  const app = newApp();
  const chart = new Chart(app, 'shop', { namespace: 'default' });
  new FluxConfigRepository(chart, 'config', { url: CONFIG }).cluster('hub');
  const source = new FluxGitSource(chart, 'source', { url: MANIFESTS, ref: GitRef.branch('cart') });
  const workload = new ApiObject(chart, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  new ManifestBranchKustomization(chart, 'one', { source, workloads: [workload], ...options.postBuild ? { postBuild: { substitute: { REGION: 'eu' } } } : {} });
  new FluxKustomization(chart, 'two', { source, ...options });
  return app;
}

test.each<[string, FluxKustomizationOptions, string]>([
  ['another cluster', { kubeConfig: FluxKubeConfig.fromSecret(FluxSecret.kubeConfig('spoke')) }, 'settings'],
  ['a prefix', { namePrefix: 'us-' }, 'settings'],
  ['a suffix', { nameSuffix: '-us' }, 'settings'],
  ['another namespace', { targetNamespace: 'kube-public' }, 'settings'],
  ['a patch, which may change names', { patches: [{ patch: '- {op: replace, path: /metadata/name, value: other}', target: { kind: 'ConfigMap' } }] }, 'settings'],
  ['another value of a variable', { postBuild: { substitute: { REGION: 'us' } } }, 'settings-${REGION}'],
  ['nothing for now', { suspend: true }, 'settings'],
])('two Kustomizations may apply one branch where one of them applies it with, or to, %s', (_, options, name) => {
  expect(() => synth(applied(options, name))).not.toThrow();
});

test('two Kustomizations that apply the same are refused', () => {
  expect(complaintsOf(applied({}))).toEqual([expect.stringContaining("both Kustomization 'flux-system/cart' and Kustomization 'flux-system/two' apply it")]);
});
