import { Rule } from '../../rules';

const KUSTOMIZE = "kustomize, as Flux's kustomize-controller runs it";

const rules = {
  yaml: { id: 'yaml-syntax', severity: 'error', summary: 'A file is not YAML, so that nothing of its folder is applied', source: KUSTOMIZE },
  duplicateKey: {
    id: 'yaml-duplicate-key', severity: 'error', summary: 'A key stands twice in one map, which kustomize refuses and kubectl reads as the last one', source: KUSTOMIZE,
  },
  unreadable: { id: 'file-unreadable', severity: 'error', summary: 'A file cannot be read', source: 'cdk8s-fluxcd' },
  tooDeep: { id: 'yaml-too-complex', severity: 'error', summary: 'A document nests too deeply, or its aliases repeat too much, to be read', source: 'cdk8s-fluxcd' },
  noObject: {
    id: 'not-an-object', severity: 'warning', summary: 'A file that is no Kubernetes object lies in a folder that Flux applies as a whole', source: 'the manifest generator of kustomize-controller',
  },
  kustomizeMissing: { id: 'kustomize-missing-file', severity: 'error', summary: 'A kustomization.yaml names a file or folder that does not exist', source: KUSTOMIZE },
  kustomizeCycle: { id: 'kustomize-cycle', severity: 'error', summary: 'Folders with a kustomization.yaml name each other in a circle', source: KUSTOMIZE },
  pathMissing: { id: 'kustomization-path-missing', severity: 'error', summary: "A Flux Kustomization's path does not exist in its source", source: 'kustomize-controller' },
} as const satisfies Record<string, Rule>;

/** What the reading of files may show, before objects are looked at. */
export const FILE_RULES: { readonly [name in keyof typeof rules]: Rule } = rules;
