import { Duration } from 'cdk8s';
import { HelmInstallStrategy } from './install-strategy';
import { HelmUpgradeStrategy } from './upgrade-strategy';
import { WriteDuration } from './write-duration';

/** What needs more than being written as it is. */
interface HelmAction {
  readonly timeout?: Duration;
  readonly strategy?: HelmInstallStrategy | HelmUpgradeStrategy;
}

/** An action as YAML has it, such as `spec.install`. */
export function actionSpec(action: string, props: HelmAction | undefined, duration: WriteDuration): any {
  if (props) {
    const { timeout, strategy, ...fields } = props;
    return { ...fields, ...strategy?._toSpec(duration), timeout: duration(`${action}.timeout`, timeout) };
  }
  return undefined;
}
