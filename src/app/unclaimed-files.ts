import { ApiObject, Chart, Names, YamlOutputType } from 'cdk8s';
import { Visit } from './walk';

/**
 * The files of what no delivery claimed, as `yamlOutputType` divides them, under names that do not depend on what else is in the
 * app: no numbering, and a namespace in the name of a resource's file.
 */
export function unclaimedFiles(charts: readonly (readonly Visit[])[], type: YamlOutputType, extension: string): Map<string, ApiObject[]> {
  const files = new Map<string, ApiObject[]>();
  for (const visit of charts.flat()) {
    const object = visit.construct as ApiObject;
    const path = pathOf(object, visit.chart!, type) + extension;
    const file = files.get(path);
    file ? file.push(object) : files.set(path, [object]);
  }
  return files;
}

function pathOf(object: ApiObject, chart: Chart, type: YamlOutputType): string {
  switch (type) {
    case YamlOutputType.FILE_PER_APP:
      return 'app';
    case YamlOutputType.FILE_PER_CHART:
      return Names.toDnsLabel(chart);
    case YamlOutputType.FILE_PER_RESOURCE:
      return resourceName(object);
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return `${Names.toDnsLabel(chart)}/${resourceName(object)}`;
  }
}

function resourceName({ kind, name, metadata }: ApiObject): string {
  return [kind, metadata.namespace, name].filter(Boolean).join('.').replace(/[^0-9a-zA-Z-_.]/g, '');
}
