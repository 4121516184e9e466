import { Chart, ChartProps, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { MicroserviceOptions } from '../../src/workload';

export const IMAGE = 'nodezoo/nodezoo-npm-service:1.0.0';

export function newChart(props: ChartProps = { namespace: 'nodezoo' }): Chart {
  return new Chart(Testing.app(), 'chart', props);
}

/** What a chart renders of one kind. */
export function rendered(chart: Chart, kind: string): any[] {
  return Testing.synth(chart).filter((object) => object.kind === kind);
}

/** The one object of a kind. */
export function only(chart: Chart, kind: string): any {
  const [object, ...others] = rendered(chart, kind);
  expect(others).toEqual([]);
  return object;
}

/** The pod spec of the one Deployment. */
export function podSpec(chart: Chart): any {
  return only(chart, 'Deployment').spec.template.spec;
}

/** Paths of what says nothing: empty lists, empty maps, null. An emptyDir is the one empty map that means something. */
export function emptyFields(value: any, path = ''): string[] {
  if (value === null || value === undefined) {
    return [path];
  }
  if (typeof value !== 'object') {
    return [];
  }
  const fields = Object.entries(value);
  if (fields.length === 0) {
    return path.endsWith('/emptyDir') ? [] : [path];
  }
  return fields.flatMap(([field, inner]) => emptyFields(inner, `${path}/${field}`));
}

/** What Pod Security "restricted" forbids in a pod spec, by the Pod Security Standards (Linux pods). */
export function restrictedProblems(pod: any): string[] {
  const problems: string[] = [];
  const security = pod.securityContext ?? {};
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) {
    problems.push('host namespaces');
  }
  for (const volume of pod.volumes ?? []) {
    const allowed = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];
    problems.push(...Object.keys(volume).filter((key) => key !== 'name' && !allowed.includes(key)));
  }
  for (const container of [...pod.containers, ...pod.initContainers ?? []]) {
    const own = container.securityContext ?? {};
    const effective = { ...security, ...own };
    const checks: Record<string, boolean> = {
      privileged: !own.privileged,
      allowPrivilegeEscalation: own.allowPrivilegeEscalation === false,
      runAsNonRoot: effective.runAsNonRoot === true,
      runAsUser: effective.runAsUser !== 0,
      seccompProfile: ['RuntimeDefault', 'Localhost'].includes(effective.seccompProfile?.type),
      drop: own.capabilities?.drop?.includes('ALL') ?? false,
      add: (own.capabilities?.add ?? []).every((name: string) => name === 'NET_BIND_SERVICE'),
      hostPort: (container.ports ?? []).every((port: any) => !port.hostPort),
    };
    problems.push(...Object.keys(checks).filter((check) => !checks[check]).map((check) => `${container.name}: ${check}`));
  }
  return problems;
}

/** Names that a Service may have (RFC 1035). */
export const serviceName = fc.stringMatching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);

/** Label values that the API server takes. */
export const labelValue = fc.stringMatching(/^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/);

// With a prefix: cdk8s renders no map that has the key `constructor`.
const key = fc.stringMatching(/^example\.com\/[a-z]{1,20}$/);

export const labels = fc.dictionary(key, labelValue, { maxKeys: 3 });

/** Options of all sorts, made in a scope as some of them are constructs. */
export const options: fc.Arbitrary<(scope: Construct) => MicroserviceOptions> = fc.record({
  replicas: fc.nat(),
  env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,9}$/), fc.string(), { maxKeys: 3 }),
  secrets: fc.array(serviceName, { maxLength: 3 }),
  serviceAccount: serviceName,
  automountServiceAccountToken: fc.boolean(),
  servicePort: fc.integer({ min: 1, max: 65535 }),
  probePath: fc.stringMatching(/^\/[a-z/]{0,9}$/),
  imagePullPolicy: fc.constantFrom(...Object.values(kplus.ImagePullPolicy)),
  labels,
  annotations: fc.dictionary(key, fc.string(), { maxKeys: 3 }),
  userId: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  writablePaths: fc.uniqueArray(fc.stringMatching(/^\/[a-zA-Z-]{1,70}$/), { maxLength: 3 }),
  command: fc.array(fc.string(), { maxLength: 2 }),
  args: fc.array(fc.string(), { maxLength: 2 }),
}, { requiredKeys: [] }).map(({ env, secrets, serviceAccount, ...plain }) => (scope) => ({
  ...plain,
  env: env && Object.fromEntries(Object.entries(env).map(([name, value]) => [name, kplus.EnvValue.fromValue(value)])),
  imagePullSecrets: secrets?.map((name, i) => kplus.Secret.fromSecretName(scope, `secret-${i}`, name)),
  serviceAccount: serviceAccount === undefined ? undefined : kplus.ServiceAccount.fromServiceAccountName(scope, 'account', serviceAccount),
}));
