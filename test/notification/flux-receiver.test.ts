import { createHash } from 'crypto';
import { App, Chart, Testing } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { FluxKind, FluxReceiver, FluxReceiverProps, ReceiverResource, ReceiverType } from '../../src/notification';
import { FluxGitSource, GitRef } from '../../src/source';

const TOKEN = FluxSecret.token('webhook');
const oidc = ReceiverType.genericOidc([{
  issuerUrl: 'https://token.actions.githubusercontent.com', validations: [{ expression: "claims.repository_owner == 'team'", message: 'wrong owner' }],
}]);

function newReceiver(props: Partial<FluxReceiverProps> = {}): FluxReceiver {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const source = new FluxGitSource(chart, 'source', { url: 'https://git.example/x', ref: GitRef.branch('cart') });
  return new FluxReceiver(chart, 'receiver', { type: ReceiverType.github(TOKEN, ['push']), resources: [ReceiverResource.forObject(source)], ...props });
}

function specOf(receiver: FluxReceiver): any {
  return Testing.synth(Chart.of(receiver)).find(({ kind }: any) => kind === 'Receiver').spec;
}

test('a Receiver in flux-system, named like the construct', () => {
  const receiver = newReceiver();
  expect(Testing.synth(Chart.of(receiver)).slice(1)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "notification.toolkit.fluxcd.io/v1",
    "kind": "Receiver",
    "metadata": {
      "name": "receiver",
      "namespace": "flux-system",
    },
    "spec": {
      "events": [
        "push",
      ],
      "resources": [
        {
          "apiVersion": "source.toolkit.fluxcd.io/v1",
          "kind": "GitRepository",
          "name": "cart",
        },
      ],
      "secretRef": {
        "name": "webhook",
      },
      "type": "github",
    },
  },
]
`);
  expect(receiver.webhookPath).toBeUndefined();
});

test('resources: objects, all with labels, and by name, each perhaps with a filter', () => {
  const receiver = newReceiver();
  const filter = 'req.tag.contains(res.metadata.name)';
  receiver.addResource(ReceiverResource.forAll(FluxKind.IMAGE_REPOSITORY, { registry: 'gar' }, { namespace: 'shop', filter }));
  receiver.addResource(ReceiverResource.forName(FluxKind.HELM_RELEASE, 'ingress', { namespace: 'flux-system' }));
  expect(specOf(receiver).resources.slice(1)).toEqual([
    { apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImageRepository', name: '*', namespace: 'shop', matchLabels: { registry: 'gar' }, filter },
    { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', name: 'ingress' },
  ]);
});

test('resources: all of a kind, by labels that everything has', () => {
  const resources = [ReceiverResource.forAll(FluxKind.BUCKET), ReceiverResource.forAll(FluxKind.BUCKET, {}, { namespace: 'shop' })];
  const all = { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'Bucket', name: '*', matchLabels: {} };
  expect(specOf(newReceiver({ resources })).resources).toEqual([all, { ...all, namespace: 'shop' }]);
});

test('what Flux would not find is refused', () => {
  expect(() => ReceiverResource.forName(FluxKind.BUCKET, '*')).toThrow("ReceiverResource.forName: '*' is no name.");
  expect(() => ReceiverResource.forObject(new Chart(new App(), 'chart'))).toThrow("ReceiverResource.forObject: what is at 'chart' is of no kind");
});

test('with OpenID Connect there is no Secret, and the path is known', () => {
  const receiver = newReceiver({ type: oidc, name: 'ci', namespace: 'shop' });
  expect(specOf(receiver)).not.toHaveProperty('secretRef');
  expect(receiver.webhookPath).toBe(`/hook/${createHash('sha256').update('cishop').digest('hex')}`);
  expect(() => ReceiverType.genericOidc([])).toThrow('ReceiverType.genericOidc: nobody may call it. Say whose tokens it takes.');
});

test('what is missing is told', () => {
  expect(() => newReceiver({ type: undefined })).toThrow("chart/receiver: 'type' is missing. Say who calls: ReceiverType.github(...).");
  expect(() => newReceiver({ resources: undefined })).toThrow("chart/receiver: 'resources' is missing. Say what to look at");
  expect(() => newReceiver({ type: ReceiverType.harbor(undefined as any) })).toThrow(
    "chart/receiver: type 'harbor' has no Secret. Give ReceiverType a FluxSecret.token('...').",
  );
});

test('a Secret without what the type reads is refused', () => {
  expect(() => newReceiver({ type: ReceiverType.github(FluxSecret.bearerToken('s')) })).toThrow("Flux does not read bearer token from 'secret' (Secret 's')");
  expect(() => newReceiver({ type: ReceiverType.gcr(TOKEN) })).toThrow("Flux does not read token from 'secret' (Secret 'webhook'). Give a FluxSecret for GCR receiver");
  expect(() => newReceiver({ type: ReceiverType.gcr(FluxSecret.gcrReceiver('s')) })).not.toThrow();
});

test('what is no CEL expression is refused', () => {
  expect(() => newReceiver({ resourceFilter: 'req.tag ==' })).toThrow('chart/receiver: Receiver flux-system/receiver: spec.resourceFilter: it is no CEL expression: it cannot be read from column 9 on: ==.');
});
