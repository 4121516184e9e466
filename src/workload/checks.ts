import { IConstruct } from 'constructs';
import { NAME_LABEL } from './labels';
import { MicroserviceProps } from './microservice-props';
import { constructError, isDnsLabel } from '../format';
import { requireGiven } from '../routing';

const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

const IMAGE_REMEDY = 'Give a reference such as \'nodezoo/nodezoo-npm-service:1.0.0\'';

/** The largest user id that the API server takes. */
const MAX_USER_ID = 2 ** 31 - 1;

/** Everything that a constructor can see to be wrong with a Microservice, found here and not by the API server after the push. */
export function checkMicroservice(construct: IConstruct, id: string, props: MicroserviceProps): void {
  requireGiven(construct, 'image', props.image, IMAGE_REMEDY);
  requireGiven(construct, 'port', props.port, 'Give the port that the program listens on');
  checkServiceName(construct, id);
  if (props.namespace !== undefined) {
    checkNamespace(construct, props.namespace);
  }
  if (!/^\S+$/.test(props.image)) {
    throw constructError(construct, `'${props.image}' is no image`, IMAGE_REMEDY);
  }
  checkInteger(construct, 'port', props.port, 1, 65535);
  checkInteger(construct, 'servicePort', props.servicePort, 1, 65535);
  checkInteger(construct, 'replicas', props.replicas, 0, MAX_USER_ID);
  // 0 is root, which `runAsNonRoot` forbids: the kubelet would refuse to start the pod.
  checkInteger(construct, 'userId', props.userId, 1, MAX_USER_ID);
  checkProbePath(construct, props.probePath);
  checkEnvironment(construct, Object.keys(props.env ?? {}));
  checkLabels(construct, props.labels);
  const name = props.labels?.[NAME_LABEL];
  if (name !== undefined && name !== id) {
    throw constructError(
      construct,
      `label '${NAME_LABEL}' is the selector's and cannot be '${name}'`,
      'Leave it out, or give the construct that id',
    );
  }
}

/** A namespace's name, by the API server's rule. */
export function checkNamespace(construct: IConstruct, name: string): void {
  if (!isDnsLabel(name)) {
    throw constructError(
      construct,
      `'${name}' is no namespace`,
      'Give lower-case letters, digits and hyphens, at most 63 characters, no hyphen at either end',
    );
  }
}

/** Labels, by the API server's rule. */
export function checkLabels(construct: IConstruct, labels: { readonly [name: string]: string } = {}): void {
  for (const [key, value] of Object.entries(labels)) {
    if (!LABEL_KEY.test(key)) {
      throw constructError(construct, `'${key}' cannot be the name of a label`, 'Give one such as \'team\' or \'example.com/team\'');
    }
    if (!LABEL_VALUE.test(value)) {
      throw constructError(
        construct,
        `label '${key}' cannot be '${value}'`,
        'Give at most 63 letters, digits, \'-\', \'_\' and \'.\', with a letter or digit at either end, or use an annotation',
      );
    }
  }
}

/** The id is the name of both objects, and a Service's is the narrower rule: RFC 1035, which starts with a letter. */
function checkServiceName(construct: IConstruct, id: string): void {
  if (!isDnsLabel(id) || !/^[a-z]/.test(id)) {
    throw constructError(
      construct,
      `the id '${id}' cannot be the name of a Service`,
      'Give an id that starts with a lower-case letter and goes on with lower-case letters, digits and hyphens, at most 63 characters, no hyphen at the end',
    );
  }
}

function checkInteger(construct: IConstruct, property: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw constructError(construct, `'${property}' cannot be ${value}`, `Give a whole number from ${least} to ${most}`);
  }
}

function checkProbePath(construct: IConstruct, path: string | undefined): void {
  if (path !== undefined && !path.startsWith('/')) {
    throw constructError(construct, `'probePath' cannot be '${path}'`, 'Give a path that starts with \'/\'');
  }
}

function checkEnvironment(construct: IConstruct, names: string[]): void {
  const wrong = names.find((name) => !ENV_NAME.test(name));
  if (wrong !== undefined) {
    throw constructError(
      construct,
      `'${wrong}' cannot be the name of an environment variable`,
      'Give letters, digits, \'_\', \'-\' and \'.\', no digit first',
    );
  }
}
