import { isDeepStrictEqual } from 'node:util';
import { ApiObject } from 'cdk8s';

/** A piece of a manifest, in the API's own spelling. */
export type Manifest = { [field: string]: any };

// What stock cdk8s-plus writes although the API server assumes the same. Whoever wants to read it in the manifest can patch it in.
const DEPLOYMENT_DEFAULTS = {
  minReadySeconds: 0,
  progressDeadlineSeconds: 600,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
};
const POD_DEFAULTS = {
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  setHostnameAsFQDN: false,
  hostNetwork: false,
  terminationGracePeriodSeconds: 30,
};
const POD_SECURITY_DEFAULTS = { fsGroupChangePolicy: 'Always' };
// Not a default of the API server's: a container takes it over from its pod.
const CONTAINER_SECURITY_DEFAULTS = { privileged: false, runAsNonRoot: true };
const PROBE_DEFAULTS = { failureThreshold: 3 };
const HTTP_GET_DEFAULTS = { scheme: 'HTTP' };
const SERVICE_DEFAULTS = { type: 'ClusterIP', externalIPs: [] };

/** Takes the noise out of a Deployment's spec, its pod template and all containers in it. */
export function quietDeployment(spec: Manifest): void {
  const pod = spec.template.spec;
  drop(spec, DEPLOYMENT_DEFAULTS);
  drop(pod, POD_DEFAULTS);
  drop(pod.securityContext, POD_SECURITY_DEFAULTS);
  for (const container of [...pod.containers, ...pod.initContainers ?? []]) {
    drop(container.securityContext, CONTAINER_SECURITY_DEFAULTS);
    for (const probe of [container.readinessProbe, container.livenessProbe, container.startupProbe]) {
      drop(probe, PROBE_DEFAULTS);
      drop(probe?.httpGet, HTTP_GET_DEFAULTS);
    }
  }
}

/** Takes the noise out of a Service's spec. */
export function quietService(spec: Manifest): void {
  drop(spec, SERVICE_DEFAULTS);
}

/**
 * Makes an object of cdk8s-plus take its spec in the API's own spelling, and apply patches to what will be written.
 *
 * Stock patches a form between the two, and converts afterwards: a patched quantity or port is lost, as is each field younger
 * than Kubernetes 1.27, without a word.
 */
export function renderAsWritten(object: ApiObject): void {
  object.toJson = ApiObject.prototype.toJson;
}

function drop(part: Manifest | undefined, defaults: Manifest): void {
  for (const field of part ? Object.keys(defaults) : []) {
    if (isDeepStrictEqual(part![field], defaults[field])) {
      delete part![field];
    }
  }
}
