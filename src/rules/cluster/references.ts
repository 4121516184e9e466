import { fluxGroupOf } from '../objects';
import { mapsOf } from '../shared/json';

/** One object of Flux that another names. */
export interface Reference {
  /** Path of the field that names it. */
  readonly field: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Whether Flux works on without it: an Alert or a Receiver only has nothing to tell then. */
  readonly optional?: boolean;
  /** Whether `--no-cross-namespace-refs` is for it. */
  readonly restricted?: boolean;
}

/** The objects that an object of Flux's names; `*` is no name. What is not of the shape that the schema asks for is left out. */
export function referencesOf({ kind, spec, metadata }: any): Reference[] {
  const own: string = metadata?.namespace;
  const to = (field: string, target: any, defaults: { kind?: string; optional?: boolean; restricted?: boolean } = {}): Reference[] => {
    const named = target?.kind ?? defaults.kind;
    const namespace = target?.namespace ?? own;
    const group = typeof named === 'string' ? fluxGroupOf(named) : undefined;
    if (!group || typeof target?.name !== 'string' || typeof namespace !== 'string' || target.name === '*') {
      return [];
    }
    return [{ field, group, kind: named, namespace, name: target.name, optional: defaults.optional, restricted: defaults.restricted }];
  };
  const each = (field: string, list: unknown, inner: (item: any) => any, defaults: { kind?: string; optional?: boolean; restricted?: boolean } = {}, rest = '') => (
    mapsOf(list).flatMap((item, i) => to(`${field}[${i}]${rest}`, inner(item), defaults))
  );
  const itself = (item: any) => item;
  switch (kind) {
    case 'Kustomization':
      return [...to('spec.sourceRef', spec?.sourceRef, { restricted: true }), ...each('spec.dependsOn', spec?.dependsOn, itself, { kind })];
    case 'HelmRelease':
      return [
        ...to('spec.chart.spec.sourceRef', spec?.chart?.spec?.sourceRef, { restricted: true }),
        ...to('spec.chartRef', spec?.chartRef, { restricted: true }),
        ...each('spec.dependsOn', spec?.dependsOn, itself, { kind }),
      ];
    case 'HelmChart':
      return to('spec.sourceRef', spec?.sourceRef);
    case 'GitRepository':
      return each('spec.include', spec?.include, ({ repository }) => repository, { kind }, '.repository');
    case 'ArtifactGenerator':
      return each('spec.sources', spec?.sources, itself);
    case 'ImagePolicy':
      return to('spec.imageRepositoryRef', spec?.imageRepositoryRef, { kind: 'ImageRepository', restricted: true });
    case 'ImageUpdateAutomation':
      return to('spec.sourceRef', spec?.sourceRef, { kind: 'GitRepository', restricted: true });
    case 'Alert':
      return [
        ...to('spec.providerRef', spec?.providerRef && { name: spec.providerRef.name }, { kind: 'Provider' }),
        ...each('spec.eventSources', spec?.eventSources, itself, { optional: true, restricted: true }),
      ];
    case 'Receiver':
      return each('spec.resources', spec?.resources, itself, { optional: true, restricted: true });
    default:
      return [];
  }
}
