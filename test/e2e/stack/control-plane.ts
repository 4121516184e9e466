import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from './ports';
import { Processes } from './processes';
import { Cluster } from '../cluster';
import { programs } from '../programs';
import { until } from '../until';

/**
 * Starts a Kubernetes without containers: etcd, API server, controller manager, scheduler, and kwok in place of kubelets, which
 * says of every pod that it runs.
 *
 * @returns the path of a kubeconfig for an administrator
 */
export async function startControlPlane(folder: string, processes: Processes): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const ports = await freePorts('etcd', 'peer', 'api', 'manager', 'kwok');

  const [etcd, peer] = [`http://127.0.0.1:${ports.etcd}`, `http://127.0.0.1:${ports.peer}`];
  processes.start(programs.etcd, [
    '--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync',
    '--listen-client-urls', etcd, '--advertise-client-urls', etcd,
    '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`,
  ]);

  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048, privateKeyEncoding: { type: 'pkcs1', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const [signingKey, verifyingKey] = [file('service-account.key', privateKey), file('service-account.pub', publicKey)];
  const token = randomBytes(16).toString('hex');
  const certificates = join(folder, 'certificates');
  processes.start(programs.apiServer, [
    `--etcd-servers=${etcd}`, '--bind-address=127.0.0.1', `--secure-port=${ports.api}`, `--cert-dir=${certificates}`,
    // Nobody reaches it from another machine, and none with a network at all may be at hand.
    '--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.96.0.0/16',
    `--token-auth-file=${file('tokens.csv', `${token},admin,admin,system:masters\n`)}`, '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${verifyingKey}`,
    `--service-account-signing-key-file=${signingKey}`,
    // The taint that the latter sets on a new node is taken away by a controller that knows nothing of kwok's nodes.
    '--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
  ]);

  const certificate = join(certificates, 'apiserver.crt');
  await until('the API server has made its certificate', async () => existsSync(certificate) && readFileSync(certificate).length > 0);
  const kubeconfig = file('kubeconfig', JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'e2e', cluster: { 'server': `https://127.0.0.1:${ports.api}`, 'certificate-authority-data': readFileSync(certificate, 'base64') } }],
    'users': [{ name: 'admin', user: { token } }],
    'contexts': [{ name: 'e2e', context: { cluster: 'e2e', user: 'admin' } }],
    'current-context': 'e2e',
  }, undefined, 2));
  const cluster = new Cluster(kubeconfig);
  await until('the API server is ready', () => cluster.isReady());

  processes.start(programs.controllerManager, [
    `--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--bind-address=127.0.0.1', `--secure-port=${ports.manager}`, `--cert-dir=${folder}`,
    // Nodes without a kubelet look lost to it.
    '--controllers=*,-node-lifecycle-controller', `--service-account-private-key-file=${signingKey}`,
  ]);
  processes.start(programs.scheduler, [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0']);
  processes.start(programs.kwok, [
    `--kubeconfig=${kubeconfig}`, '--manage-all-nodes=true', '--node-lease-duration-seconds=40', `--server-address=127.0.0.1:${ports.kwok}`,
  ], { env: { ...process.env, HOME: folder } });
  await cluster.apply({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'kwok' },
    status: { capacity: NODE, allocatable: NODE },
  });
  return kubeconfig;
}

const NODE = { cpu: '1000', memory: '1000Gi', pods: '1000' };
