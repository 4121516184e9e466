import { PlanContext } from './branch-plan';
import { withLeft } from './delivered';
import { DesiredTarget } from './desired';
import { Ownership } from './ownership';
import { imagesIn } from '../images/merge';

/** The record that a directory is to have, after the one that it has. */
export function ownershipOfTarget(target: DesiredTarget, former: Ownership | undefined, { manifest, findings }: PlanContext): Ownership {
  const { files, exceptions, delivered, objects, kept, beside = [] } = target;
  return {
    app: manifest.app!,
    inputs: manifest.inputs,
    files: Object.fromEntries(files.map(({ path, digest }) => [path, digest])),
    images: imagesIn(files),
    exceptions,
    ...delivered && {
      objects,
      kept: kept?.length ? kept : undefined,
      delivered: withLeft(delivered, former?.delivered ?? [], findings.rendered, findings.gone),
      beside: beside.length ? beside : undefined,
      sources: findings.sources.size ? Object.fromEntries(findings.sources) : undefined,
    },
  };
}
