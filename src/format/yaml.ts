/** Placeholder so that the rooms above compile; replaced by the YAML writer. */
export function toYaml(documents: readonly unknown[]): string {
  return documents.map((document) => JSON.stringify(document)).join('\n---\n') + '\n';
}
