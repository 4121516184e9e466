/**
 * This room overrides parts of cdk8s-plus that it calls internal, and leaves out what stock writes for nothing. These tests fail
 * when an upgrade changes what that rests on.
 */
import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { IMAGE, newChart } from './support';
import { Microservice } from '../../src/workload';

function stock(): { deployment: any; service: any } {
  const chart = newChart();
  const deployment = new kplus.Deployment(chart, 'deployment', {
    containers: [{ image: IMAGE, portNumber: 8080, readiness: kplus.Probe.fromHttpGet('/') }],
  });
  new kplus.Service(chart, 'service', { selector: deployment, ports: [{ port: 8080 }] });
  const [one, two] = Testing.synth(chart);
  return { deployment: one, service: two };
}

test('the parts that are overridden are there', () => {
  expect(kplus.Deployment.prototype._toKube).toBeInstanceOf(Function);
  expect(kplus.Deployment.prototype.toPodSelectorConfig).toBeInstanceOf(Function);
  expect(kplus.Service.prototype._toKube).toBeInstanceOf(Function);
  expect(kplus.k8s.toJson_DeploymentSpec).toBeInstanceOf(Function);
  expect(kplus.k8s.toJson_ServiceSpec).toBeInstanceOf(Function);
});

test('stock writes the noise that is taken out', () => {
  const { deployment, service } = stock();
  expect(deployment.spec).toMatchObject({
    minReadySeconds: 0,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: {
      spec: {
        restartPolicy: 'Always',
        dnsPolicy: 'ClusterFirst',
        setHostnameAsFQDN: false,
        hostNetwork: false,
        terminationGracePeriodSeconds: 30,
        securityContext: { fsGroupChangePolicy: 'Always', runAsNonRoot: true },
        containers: [{
          imagePullPolicy: 'Always',
          readinessProbe: { failureThreshold: 3, httpGet: { scheme: 'HTTP' } },
          startupProbe: { failureThreshold: 3 },
          securityContext: { privileged: false, runAsNonRoot: true },
        }],
      },
    },
  });
  expect(service.spec).toMatchObject({ type: 'ClusterIP', externalIPs: [] });
});

test('stock selects by a hash of the tree path, which is nowhere in ours', () => {
  expect(Object.keys(stock().service.spec.selector)).toEqual([kplus.Pod.ADDRESS_LABEL]);
  const chart = newChart();
  const { deployment } = new Microservice(chart, 'shop', { image: IMAGE, port: 8080 });
  deployment.scheduling.spread();
  new kplus.NetworkPolicy(chart, 'policy', { selector: deployment });
  expect(JSON.stringify(Testing.synth(chart))).not.toContain(kplus.Pod.ADDRESS_LABEL);
});
