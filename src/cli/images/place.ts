const POLICY = /^[a-z0-9.-]+:[a-z0-9.-]+(?::(?:name|tag|digest))?$/;

/** Whether a text names a policy as markers do. */
export function isPolicy(text: string): boolean {
  return POLICY.test(text);
}

/**
 * Makes the function that names the fields of an object: the object by kind, namespace and name, the items of a list by their `name` if each has
 * one of its own, so that neither order nor file matter.
 *
 * @param index of the document in its file, for one that is no object
 */
export function placeOf(value: any, index: number): (path: readonly (string | number)[]) => string {
  const { apiVersion, kind, metadata } = value ?? {};
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  const namespace = metadata?.namespace ? `${metadata.namespace}/` : '';
  const object = kind === undefined ? `document ${index + 1}` : `${kind}${group} ${namespace}${metadata?.name ?? ''}`;
  return (path) => {
    let field = '';
    let at = value;
    for (const step of path) {
      if (Array.isArray(at)) {
        const name = at[Number(step)]?.name;
        const named = typeof name === 'string' && at.filter((item) => item?.name === name).length === 1;
        field += named ? `[name=${name}]` : `[${step}]`;
      } else {
        field += /^[\w-]+$/.test(String(step)) ? `${field ? '.' : ''}${step}` : `[${JSON.stringify(step)}]`;
      }
      at = at?.[step];
    }
    return `${object} ${field}`;
  };
}

/** What `placeOf` tells apart by order alone: items without names, documents that are no objects. */
export function isByOrder(place: string): boolean {
  return /^document \d|\[\d+\]/.test(place);
}
