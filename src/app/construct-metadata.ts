import { ApiObject } from 'cdk8s';
import { Visit } from './walk';

/** The file of cdk8s that says which construct each object is of. */
export const CONSTRUCT_METADATA_FILE = 'construct-metadata.json';

/** Its content, as cdk8s writes it: of several objects of one name the last one counts. */
export function constructMetadata(charts: readonly (readonly Visit[])[]): string {
  const objects = charts.flat().map(({ construct }) => construct as ApiObject);
  return JSON.stringify({ version: '1.0.0', resources: Object.fromEntries(objects.map((object) => [object.name, { path: object.node.path }])) });
}
