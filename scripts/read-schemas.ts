import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

/** The versions of the controllers of Flux 2.9 whose kinds are known. */
export const CONTROLLERS = [
  'source-controller@v1.9.4', 'kustomize-controller@v1.9.4', 'helm-controller@v1.6.3', 'notification-controller@v1.9.3',
  'image-automation-controller@v1.2.4', 'image-reflector-controller@v1.2.4',
];

/** A kind, as its CRD has it, without the words. */
export interface KindSchema {
  readonly apiVersion: string;
  readonly kind: string;
  /** The controller that the CRD is from. */
  readonly controller: string;
  readonly schema: any;
}

/** Reads the CRDs out of the controllers' Go modules, which `go` downloads if it has not. */
export function readSchemas(): KindSchema[] {
  const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
  try {
    return CONTROLLERS.flatMap((controller) => {
      const { Dir } = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `github.com/fluxcd/${controller}`], { cwd: folder, encoding: 'utf8' }));
      const bases = join(Dir, 'config', 'crd', 'bases');
      return readdirSync(bases).flatMap((file) => loadAll(readFileSync(join(bases, file), 'utf8'))).flatMap((crd) => kindsOf(crd, controller));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Values that Flux 2.9.4 has and the newest module that the proxy gives out has not. Refusing them would be an error to whoever has the release.
 */
export const LATER_TYPES = ['zoom', 'incident.io'];

function kindsOf({ spec }: any, controller: string): KindSchema[] {
  return spec.versions.filter(({ served }: any) => served).map(({ name, schema: { openAPIV3Schema } }: any) => {
    const schema = withoutWords(openAPIV3Schema);
    const { kind } = spec.names;
    if (kind === 'Provider') {
      const types: string[] = schema.properties.spec.properties.type.enum;
      types.push(...LATER_TYPES.filter((type) => !types.includes(type)));
    }
    return { apiVersion: `${spec.group}/${name}`, kind, controller, schema };
  });
}

/** Descriptions are Flux's own words, and no rule. A property may be called `description`. */
function withoutWords(schema: any): any {
  if (Array.isArray(schema)) {
    return schema.map(withoutWords);
  }
  if (schema === null || typeof schema !== 'object') {
    return schema;
  }
  return Object.fromEntries(Object.entries<any>(schema).filter(([keyword]) => keyword !== 'description').map(([keyword, value]) => [
    keyword,
    keyword === 'properties' ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutWords(inner)])) : withoutWords(value),
  ]));
}
