import { App, Chart } from 'cdk8s';
import { FluxSecret } from '../../src/flux';
import { AlertSource, FluxAlert, FluxAlertProvider, FluxKind, FluxReceiver, ReceiverResource, ReceiverType } from '../../src/notification';

function newChart(): Chart {
  return new Chart(new App(), 'chart');
}

test('resources may all be added later, and at least one must be there when the app is rendered', () => {
  const receiver = new FluxReceiver(newChart(), 'receiver', { type: ReceiverType.github(FluxSecret.token('webhook')), resources: [] });
  expect(receiver.node.validate()).toContain(
    "chart/receiver: 'resources' is empty. Say what to look at, there or by addResource(): ReceiverResource.forObject(...).",
  );
  receiver.addResource(ReceiverResource.forAll(FluxKind.BUCKET));
  expect(receiver.node.validate()).toEqual([]);
});

test('sources may all be added later, and at least one must be there when the app is rendered', () => {
  const chart = newChart();
  const alert = new FluxAlert(chart, 'alert', { provider: FluxAlertProvider.fromProviderName(chart, 'provider', 'chat'), eventSources: [] });
  expect(alert.node.validate()).toContain(
    "chart/alert: 'eventSources' is empty. Say whose events are told, there or by addEventSource(): AlertSource.forObject(...).",
  );
  alert.addEventSource(AlertSource.forAll(FluxKind.BUCKET));
  expect(alert.node.validate()).toEqual([]);
});
