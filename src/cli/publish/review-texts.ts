import { createRequire } from 'module';
import { contentsOfAll, Publisher } from './publisher';
import { DeliveryManifest } from '../../manifest';

/** By branch, what would become of the objects of a repository, as `diff` says it: it may rest on what another repository holds. */
export async function reviewTexts(
  dist: string, manifest: DeliveryManifest, publishers: readonly Publisher[], repository: string,
): Promise<ReadonlyMap<string, string>> {
  // Loaded only here: what reads YAML takes its time.
  const { branchTexts, comparedPlaces }: typeof import('../diff') = createRequire(__filename)('../diff');
  return branchTexts(comparedPlaces(dist, await contentsOfAll(publishers), manifest), repository);
}
