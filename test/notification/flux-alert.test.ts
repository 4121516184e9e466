import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { FluxKustomization } from '../../src/kustomize';
import { AlertSeverity, AlertSource, FluxAlert, FluxAlertProps, FluxAlertProvider, FluxKind } from '../../src/notification';
import { markExisting } from '../../src/routing';
import * as schema from '../../src/schema/data/Alert.json';
import { FluxGitSource, GitRef } from '../../src/source';

function newAlert(props: Partial<FluxAlertProps> = {}): FluxAlert {
  const chart = new Chart(new App(), 'chart', { namespace: 'shop' });
  const provider = FluxAlertProvider.fromProviderName(chart, 'provider', 'chat');
  return new FluxAlert(chart, 'alert', { provider, eventSources: [AlertSource.forAll(FluxKind.KUSTOMIZATION)], ...props });
}

function sourcesOf(alert: FluxAlert): any {
  return Testing.synth(Chart.of(alert)).find(({ kind }: any) => kind === 'Alert').spec.eventSources;
}

test('an Alert in flux-system, named like the construct', () => {
  expect(Testing.synth(Chart.of(newAlert({ eventSeverity: AlertSeverity.ERROR })))).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "notification.toolkit.fluxcd.io/v1beta3",
    "kind": "Alert",
    "metadata": {
      "name": "alert",
      "namespace": "flux-system",
    },
    "spec": {
      "eventSeverity": "error",
      "eventSources": [
        {
          "kind": "Kustomization",
          "name": "*",
        },
      ],
      "providerRef": {
        "name": "chat",
      },
    },
  },
]
`);
});

test('sources: objects, all of a kind, and by name', () => {
  const chart = new Chart(new App(), 'other', { namespace: 'shop' });
  const source = new FluxGitSource(chart, 'source', { url: 'https://git.example/x', ref: GitRef.branch('cart') });
  const kustomization = new FluxKustomization(chart, 'cart', { source, namespace: 'shop' });
  const imported = new Construct(chart, 'imported');
  markExisting(imported, { group: 'helm.toolkit.fluxcd.io', kind: 'HelmRelease', name: 'ingress', namespace: 'platform' });
  const alert = newAlert({ eventSources: [AlertSource.forObject(source), AlertSource.forObject(kustomization), AlertSource.forObject(imported)] });
  alert.addEventSource(AlertSource.forAll(FluxKind.HELM_RELEASE, { namespace: 'shop', matchLabels: { team: 'blue' } }));
  alert.addEventSource(AlertSource.forName(FluxKind.BUCKET, 'files', 'flux-system'));
  expect(sourcesOf(alert)).toEqual([
    { kind: 'GitRepository', name: 'cart' },
    { kind: 'Kustomization', name: 'cart', namespace: 'shop' },
    { kind: 'HelmRelease', name: 'ingress', namespace: 'platform' },
    { kind: 'HelmRelease', name: '*', namespace: 'shop', matchLabels: { team: 'blue' } },
    { kind: 'Bucket', name: 'files' },
  ]);
});

test('what was given is not changed by adding', () => {
  const eventSources = [AlertSource.forAll(FluxKind.BUCKET)];
  newAlert({ eventSources }).addEventSource(AlertSource.forAll(FluxKind.KUSTOMIZATION));
  expect(eventSources).toHaveLength(1);
});

test('an object that sends no events is refused', () => {
  const chart = new Chart(new App(), 'chart');
  const deployment = new ApiObject(chart, 'deployment', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart' } });
  expect(() => AlertSource.forObject(deployment)).toThrow("AlertSource.forObject: Deployment 'cart' is of no kind that Flux sends events of. Give a source,");
  expect(() => AlertSource.forObject(new Construct(chart, 'empty'))).toThrow("AlertSource.forObject: what is at 'chart/empty' is of no kind");
  expect(() => AlertSource.forObject(undefined as any)).toThrow("AlertSource.forObject: what is at 'undefined' is of no kind");
});

test.each([['*'], [''], [undefined as any]])('the name %j is that of no object', (name) => {
  expect(() => AlertSource.forName(FluxKind.BUCKET, name)).toThrow(`AlertSource.forName: '${name ?? ''}' is no name. Name one object, or take forAll()`);
});

test('the Provider is in the same namespace', () => {
  expect(() => newAlert({ namespace: 'shop' })).toThrow(
    "chart/alert: the Provider 'flux-system/chat' is in another namespace than the Alert, which is in 'shop'. Put both into one namespace",
  );
});

test('what is missing is told', () => {
  expect(() => newAlert({ provider: undefined })).toThrow("chart/alert: 'provider' is missing. Give a FluxAlertProvider");
  expect(() => newAlert({ eventSources: undefined })).toThrow("chart/alert: 'eventSources' is missing. Say whose events are told");
});

test('a regular expression of another dialect is refused', () => {
  expect(() => newAlert({ exclusionList: ['*.succeeded'] })).toThrow(
    'chart/alert: Alert flux-system/alert: spec.exclusionList[0]: it is no regular expression of Go, and Flux passes over it: there is nothing for \'*\' to repeat.',
  );
});

test('the severities are those of the CRD', () => {
  expect(Object.values(AlertSeverity)).toEqual(schema.schema.properties.spec.properties.eventSeverity.enum);
});
