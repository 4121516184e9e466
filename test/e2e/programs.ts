import { join } from 'node:path';
import { Processes } from './stack/processes';
import { GoProgram } from '../tools/go-program';
import { registryProgram } from '../tools/oci-registry';
import { ageKeygenProgram, sopsProgram } from '../tools/sops';

const FOLDER = join(__dirname, 'programs');
/** As in programs/kubernetes/go.mod; clients decide by it what the server can do. */
const KUBERNETES = ['v1.35.4', '1', '35'];
const HEARTBEAT = 20_000;

const VERSION = 'k8s.io/component-base/version.git';
const kubernetesFlags = `-X ${VERSION}Version=${KUBERNETES[0]} -X ${VERSION}Major=${KUBERNETES[1]} -X ${VERSION}Minor=${KUBERNETES[2]}`;

function program(module: string, importPath: string, name = module, linkerFlags = ''): GoProgram {
  return new GoProgram({ name, folder: join(FOLDER, module), package: importPath, linkerFlags: `-s -w ${linkerFlags}` });
}

/** What the stack consists of. The versions stand in the go.mod of each. */
export const programs = {
  etcd: program('etcd', 'go.etcd.io/etcd/server/v3'),
  apiServer: program('kubernetes', 'k8s.io/kubernetes/cmd/kube-apiserver', 'kube-apiserver', kubernetesFlags),
  controllerManager: program('kubernetes', 'k8s.io/kubernetes/cmd/kube-controller-manager', 'kube-controller-manager', kubernetesFlags),
  scheduler: program('kubernetes', 'k8s.io/kubernetes/cmd/kube-scheduler', 'kube-scheduler', kubernetesFlags),
  kwok: program('kwok', 'sigs.k8s.io/kwok/cmd/kwok'),
  kustomizeController: program('kustomize-controller', 'github.com/fluxcd/kustomize-controller'),
  notificationController: program('notification-controller', 'github.com/fluxcd/notification-controller'),
  imageAutomationController: program('image-automation-controller', 'github.com/fluxcd/image-automation-controller'),
  registry: registryProgram,
  sops: sopsProgram,
  ageKeygen: ageKeygenProgram,
};

/**
 * Builds what is not built yet: about 15 minutes on two cores with nothing in Go's caches, seconds otherwise.
 *
 * @param folder for what Go leaves lying about when it is interrupted
 * @throws if Go is missing or a build fails
 */
export async function buildPrograms(folder: string, processes: Processes, say: (text: string) => void): Promise<void> {
  const missing = Object.values(programs).filter(({ isBuilt }) => !isBuilt);
  for (const [index, missed] of missing.entries()) {
    const start = Date.now();
    const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
    say(`building ${missed.name} (${index + 1} of ${missing.length})`);
    const build = missed.build();
    const heartbeat = setInterval(() => say(`  ${elapsed()} ...`), HEARTBEAT);
    try {
      await processes.finish(`go build of ${missed.name}`, 'go', build.args, { cwd: build.cwd, env: { ...build.env, GOTMPDIR: folder } });
      build.finish();
    } catch (error) {
      build.abandon();
      throw error;
    } finally {
      clearInterval(heartbeat);
    }
    say(`  ${elapsed()}`);
  }
}
