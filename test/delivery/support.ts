import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import * as yaml from 'js-yaml';
import { FluxApp, FluxAppProps } from '../../src/app';
import { Delivery } from '../../src/delivery';
import { newFolder, readFiles } from '../tools/output';

export const MANIFESTS = 'https://git.example/team/manifests.git';
export const CONFIG = 'https://git.example/team/flux.git';

// What synth says of Flux objects that nobody delivers is no news to a test.
beforeEach(() => jest.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => jest.restoreAllMocks());

export function newApp(props: FluxAppProps = {}): FluxApp {
  return new FluxApp({ name: 'shop', outdir: newFolder(), ...props });
}

export function configMap(scope: Construct, name: string, namespace?: string): ApiObject {
  return new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { name } });
}

/** Delivers an object, for a delivery of nothing is refused. */
export function filled(delivery: Delivery): Delivery {
  delivery.deliver(configMap(new Construct(delivery, 'filling'), 'filling', 'shop'));
  return delivery;
}

/** The files of a synth, without delivery.json. */
export function synth(app: FluxApp): { [path: string]: string } {
  app.synth();
  const { 'delivery.json': _, ...files } = readFiles(app.outdir);
  return files;
}

/** What delivery.json says. */
export function manifestOf(app: FluxApp): any {
  app.synth();
  return JSON.parse(readFiles(app.outdir)['delivery.json']);
}

/** Each complaint of a synth that refuses, and that it wrote nothing. */
export function complaintsOf(app: FluxApp): string[] {
  let message = '';
  try {
    app.synth();
  } catch (error) {
    message = (error as Error).message;
  }
  expect(readFiles(app.outdir)).toEqual({});
  const [heading, ...complaints] = message.split('\n  ');
  expect(heading).toBe('Validation failed with the following errors:');
  return complaints;
}

/** `Kind name` of each object in a file. */
export function objectsIn(file: string): string[] {
  return yaml.loadAll(file).map((object: any) => `${object.kind} ${object.metadata.name}`);
}

/** All exceptions that the app's delivery.json records. */
export function exceptionsOf(app: FluxApp): any[] {
  return manifestOf(app).repositories.flatMap(({ targets }: any) => targets.flatMap(({ exceptions = [] }: any) => exceptions));
}
