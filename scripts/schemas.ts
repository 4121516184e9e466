import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSchemas } from './read-schemas';

/** Writes the schemas of Flux's kinds, as the modules of its controllers have them, to src/schema/data. */
const folder = join(__dirname, '..', 'src', 'schema', 'data');
mkdirSync(folder, { recursive: true });
for (const schema of readSchemas()) {
  writeFileSync(join(folder, `${schema.kind}.json`), `${JSON.stringify(schema, undefined, 1)}\n`);
}
