import { comparedPlaces } from './compared-places';
import { countsOf, DiffReport, PlaceReport } from './report';
import { DeliveryManifest } from '../../manifest';
import { ExitCode } from '../cli-error';
import { RepositoryContents } from '../publish/contents';
import { publish } from '../publish/publish';
import { PublishOptions } from '../publish/publish-options';
import { placesOf as branchesOf } from '../publish/report';

/** Looks at what publishing would do, object by object; whatever goes wrong stands in the report. Nothing is pushed. */
export async function diff(options: Omit<PublishOptions, 'dryRun' | 'inspect' | 'review'>): Promise<DiffReport> {
  const places: PlaceReport[] = [];
  const { app, source, exitCode, warnings, errors, repositories } = await publish({
    ...options,
    dryRun: true,
    inspect: async (contents, manifest) => {
      places.push(...placeReports(options.dist, contents, manifest));
    },
  });
  const isDifferent = repositories.some((repository) => branchesOf(repository).some(({ change }) => change !== 'none'));
  return {
    version: 1,
    outcome: exitCode !== ExitCode.DONE ? 'failed' : isDifferent ? 'different' : 'unchanged',
    exitCode: exitCode !== ExitCode.DONE ? exitCode : isDifferent ? ExitCode.DIFFERENT : ExitCode.DONE,
    app,
    source,
    counts: countsOf(places),
    places,
    warnings,
    errors,
  };
}

function placeReports(dist: string, contents: readonly RepositoryContents[], manifest: DeliveryManifest): PlaceReport[] {
  return comparedPlaces(dist, contents, manifest).map(({ place: { repository, branch, path, change, before, after, left }, changes }) => (
    { repository, branch, path, change, changes, files: new Set([...before.keys(), ...after.keys()]).size, ...left && { left: true as const } }
  ));
}
