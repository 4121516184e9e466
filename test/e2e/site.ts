/** Where the scenarios take place. */
export interface Site {
  readonly kubeconfig: string;
  /** What the URLs of the two repositories begin with. */
  readonly gitUrl: string;
  /** Host and port of an OCI registry; absent in a cluster that was there before. */
  readonly registry?: string;
  /** Whether stand-ins take the place of Flux controllers. */
  readonly standIn: boolean;
}

/** The repositories below `gitUrl`. Flux was bootstrapped from the second, with path `clusters/production`. */
export const REPOSITORIES = ['nodezoo-k8s-manifests.git', 'flux-config.git'];

const VARIABLE = 'CDK8S_FLUXCD_E2E_SITE';

/** For a process to be told by its environment. */
export function siteVariable(site: Site): NodeJS.ProcessEnv {
  return { [VARIABLE]: JSON.stringify(site) };
}

/** @throws if the scenarios were not started by `npm run e2e` */
export function siteOfThisProcess(): Site {
  const site = process.env[VARIABLE];
  if (!site) {
    throw new Error('the scenarios need a cluster. Run: npm run e2e');
  }
  return JSON.parse(site);
}
