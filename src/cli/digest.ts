import { hash } from 'crypto';

/** A digest as registries, and records of what was published, write it: `sha256:<hex>`. */
export function sha256Of(content: Buffer | string): string {
  return `sha256:${hash('sha256', content)}`;
}
