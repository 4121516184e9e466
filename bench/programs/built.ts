import { App } from 'cdk8s';
import { IConstruct } from 'constructs';

export const MANIFESTS_URL = 'https://git.example.com/bench/manifests.git';
export const CONFIG_URL = 'https://git.example.com/bench/flux-config.git';
export const NAMESPACE = 'bench';

/** An app that was built and is not yet rendered. */
export interface Built {
  readonly app: App;
  /** The constructs whose objects share a file, for a program that writes files itself. */
  readonly files?: IConstruct[];
}

/** Names of services, one as long as the other. */
export function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `service-${String(index).padStart(5, '0')}`);
}
