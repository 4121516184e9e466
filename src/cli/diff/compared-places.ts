import { readFileSync } from 'fs';
import { join } from 'path';
import { ComparedPlace, comparePlaces } from './moves';
import { placesOf } from './places';
import { DeliveryManifest } from '../../manifest';
import { RepositoryContents } from '../publish/contents';

/** What publishing an output folder would do to the objects of each directory that it changes. */
export function comparedPlaces(dist: string, contents: readonly RepositoryContents[], manifest: DeliveryManifest): ComparedPlace[] {
  return comparePlaces(placesOf(manifest, contents, (repository, branch, file) => readFileSync(join(dist, repository, branch, file))));
}
