/** A part of an image's name. */
export enum ImageMarkerPart {
  /** The image without tag: `registry.example.com/team/app`. */
  NAME = 'name',
  /** The tag. */
  TAG = 'tag',
  /** The digest: `sha256:...`. */
  DIGEST = 'digest',
}

/** The comment by which image-automation-controller finds a value to set. It knows it by the very spelling of the key, quotes included. */
export function imageMarker(namespace: string, name: string, part?: ImageMarkerPart): string {
  return `# {"$imagepolicy": "${namespace}:${name}${part ? `:${part}` : ''}"}`;
}
