import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { FluxKind } from '../../src/notification';
import { apiVersionOf } from '../../src/notification/flux-kind';
import * as alert from '../../src/schema/data/Alert.json';
import * as receiver from '../../src/schema/data/Receiver.json';

const DATA = join(__dirname, '..', '..', 'src', 'schema', 'data');

test('the kinds are those that an Alert and a Receiver know', () => {
  const kinds = Object.values(FluxKind).sort();
  expect(kinds).toEqual([...alert.schema.properties.spec.properties.eventSources.items.properties.kind.enum].sort());
  expect(kinds).toEqual([...receiver.schema.properties.spec.properties.resources.items.properties.kind.enum].sort());
});

test('each has the version that Flux serves', () => {
  for (const kind of Object.values(FluxKind)) {
    // The CRD of ArtifactGenerator may be missing among the schemas.
    const [file] = readdirSync(DATA).filter((name) => name === `${kind}.json`);
    expect(apiVersionOf(kind)).toBe(file ? JSON.parse(readFileSync(join(DATA, file), 'utf8')).apiVersion : 'source.extensions.fluxcd.io/v1beta1');
  }
  expect([apiVersionOf('Deployment'), apiVersionOf('toString')]).toEqual([undefined, undefined]);
});
