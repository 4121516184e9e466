import { Construct } from 'constructs';
import { IFluxSource } from './flux-source';
import { FluxObject } from '../flux';
import { markExisting } from '../routing';

export const SOURCE_GROUP = 'source.toolkit.fluxcd.io';
export const SOURCE_API_VERSION = `${SOURCE_GROUP}/v1`;

/** A source that is made elsewhere. */
export function importedSource(scope: Construct, id: string, kind: string, name: string, namespace = FluxObject.DEFAULT_NAMESPACE): IFluxSource {
  class Imported extends Construct implements IFluxSource {
    public readonly sourceApiVersion = SOURCE_API_VERSION;
    public readonly sourceKind = kind;
    public readonly sourceName = name;
    public readonly sourceNamespace = namespace;
  }
  const imported = new Imported(scope, id);
  markExisting(imported, { group: SOURCE_GROUP, kind, name, namespace });
  return imported;
}
