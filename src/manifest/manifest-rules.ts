import { ArtifactManifest, DeliveryManifest, OWNERSHIP_FILE, RegistryManifest, RepositoryManifest, TargetManifest } from './delivery-manifest';
import { branchProblem, foldCase, NameClash, nameClashes, pathProblem } from './git-names';
import { artifactProblem, registryUrlProblem, repositoryOfArtifact, tagProblem } from './oci-names';

/** As `FluxApp` has it: refs and files are called by it. */
const APP = /^[a-z0-9](?:[a-z0-9-]{0,54}[a-z0-9])?$/;

const CLASH = {
  case: 'differ only in case, which some file systems cannot hold apart',
  folder: 'cannot exist together: one is a folder of the other',
  same: 'is listed twice',
};

/** What the schema cannot say of a manifest; a line per problem. */
export function manifestProblems(manifest: DeliveryManifest): string[] {
  const { repositories, registries = [] } = manifest;
  const delivered = deliveredPlaces(manifest);
  const problems = [
    ...repeated([...repositories, ...registries].map(({ name }) => name), registries.length ? 'repository or registry' : 'repository'),
    ...repositories.flatMap((repository) => repositoryProblems(repository, delivered)),
    ...registries.flatMap(registryProblems),
    ...manifest.unclaimed.filter(pathProblem).map((file) => `unclaimed file ${show(file)} ${pathProblem(file)}`),
  ];
  if (delivered.size && !manifest.app) {
    problems.unshift("'app' is missing, so that nobody owns what is published");
  } else if (manifest.app && !APP.test(manifest.app)) {
    problems.unshift(`app ${show(manifest.app)} cannot be the name of an owner, which is at most 56 lower-case letters, digits and hyphens`);
  }
  return problems;
}

function repositoryProblems(repository: RepositoryManifest, delivered: ReadonlySet<string>): string[] {
  const name = `repository ${show(repository.name)}`;
  const wrong = folderNameProblem(repository.name);
  if (wrong) {
    return [`${name}: the name ${wrong}`];
  }
  const branches = new Map<string, TargetManifest[]>();
  for (const target of repository.targets) {
    const ofBranch = branches.get(target.branch) ?? [];
    branches.set(target.branch, ofBranch);
    ofBranch.push(target);
  }
  const problems = repeated([...branches.keys()], 'branch');
  for (const [branch, targets] of branches) {
    const bad = branchProblem(branch);
    problems.push(...bad ? [`branch ${show(branch)} ${bad}`] : [
      ...branchContentProblems(targets),
      ...targets.flatMap(objectProblems),
      ...targets.flatMap((target) => appliesProblems(target, delivered)),
    ].map((text) => `branch ${show(branch)}: ${text}`));
  }
  return problems.map((text) => `${name}: ${text}`);
}

function registryProblems({ name, url, artifacts }: RegistryManifest): string[] {
  const wrong = folderNameProblem(name);
  const badUrl = registryUrlProblem(url);
  const problems = wrong ? [`the name ${wrong}`] : badUrl ? [`the URL ${badUrl}`] : [
    ...repeated(artifacts.map(artifactFolder), 'folder of the artifact'),
    ...artifacts.flatMap((artifact) => artifactProblems(url, artifact)),
  ];
  return problems.map((text) => `registry ${show(name)}: ${text}`);
}

function artifactProblems(url: string, { artifact, tag, files, ...more }: ArtifactManifest): string[] {
  const bad = artifactProblem(artifact) ?? artifactProblem(repositoryOfArtifact(url, artifact));
  const badTag = tagProblem(tag);
  if (bad || badTag) {
    return [...bad ? [`artifact ${show(artifact)} ${bad}`] : [], ...badTag ? [`tag ${show(tag)} of artifact ${show(artifact)} ${badTag}`] : []];
  }
  const badFiles = files.filter(pathProblem).map((file) => `file ${show(file)} ${pathProblem(file)}`);
  return [...badFiles.length ? badFiles : repeated(files, 'file'), ...objectProblems(more)].map((text) => `artifact ${show(`${artifact}:${tag}`)}: ${text}`);
}

/** Of what is said about the objects in the files. */
function objectProblems({ objects, kept = [] }: Pick<ArtifactManifest, 'objects' | 'kept'>): string[] {
  const known = new Set(objects);
  return kept.filter((object) => !known.has(object)).map((object) => `${show(object)} is said to be kept, and is not among the objects`);
}

function appliesProblems({ role, path, applies = [] }: TargetManifest, delivered: ReadonlySet<string>): string[] {
  if (applies.length && role !== 'config') {
    return [`path ${show(path)} holds no Flux objects, and is said to apply something`];
  }
  return applies.flatMap((applied) => {
    const wrong = !/^[^/]+\/[^/]+$/.test(applied.kustomization) ? "is not called 'namespace/name'"
      : delivered.has(placeKey(applied)) ? undefined
        : `applies ${show([applied.repository, applied.branch, applied.path].filter(Boolean).join('/'))}, which is not delivered`;
    return wrong ? [`Kustomization ${show(applied.kustomization)} ${wrong}`] : [];
  });
}

/** Every place that something is delivered to. */
function deliveredPlaces({ repositories, registries = [] }: DeliveryManifest): Set<string> {
  return new Set([
    ...repositories.flatMap(({ name, targets }) => targets.map(({ branch, path }) => placeKey({ repository: name, branch, path }))),
    ...registries.flatMap(({ name, artifacts }) => artifacts.map((artifact) => placeKey({ repository: name, branch: artifactFolder(artifact), path: '' }))),
  ]);
}

function placeKey({ repository, branch, path }: { readonly repository: string; readonly branch: string; readonly path: string }): string {
  return [repository, branch, path].join('\0');
}

function folderNameProblem(name: string): string | undefined {
  return name.includes('/') ? "holds '/'" : pathProblem(name);
}

/** Of the targets of one branch. */
function branchContentProblems(targets: TargetManifest[]): string[] {
  const problems: string[] = [];
  const byPath = new Map(targets.map((target) => [target.path, target]));
  for (const target of targets) {
    const wrong = target.path && pathProblem(target.path);
    if (wrong) {
      problems.push(`path ${show(target.path)} ${wrong}`);
    }
    for (const file of target.files) {
      const bad = pathProblem(file);
      if (bad) {
        problems.push(`file ${show(file)} ${bad}`);
      } else if (foldCase(file) === foldCase(ownershipFileOf(target))) {
        problems.push(`file ${show(file)} is the one that publishing writes its own record to`);
      } else if (target.role === 'manifests' && !isWithin(file, target.path)) {
        problems.push(`file ${show(file)} lies outside the target's path ${show(target.path)}`);
      } else if (foldersAround(file).some((folder) => (byPath.get(folder) ?? target) !== target)) {
        problems.push(`file ${show(file)} lies in the path of another target`);
      }
    }
  }
  problems.push(...pathClashes(targets.map(({ path }) => path)));
  // What is wrong already would be told twice.
  return problems.length ? problems : repeated(targets.flatMap((target) => [...target.files, ownershipFileOf(target)]), 'file');
}

/** Of the paths of a branch; there may be thousands. */
function pathClashes(paths: readonly string[]): string[] {
  const below = paths.filter((path) => path !== '');
  const clashes = nameClashes(below).map(({ one, other, kind }) => (
    `target paths ${show(one)} and ${show(other)} ${kind === 'case' ? CLASH.case : 'lie in each other'}`
  ));
  const root = below.length < paths.length ? paths.length - below.length > 1 ? '' : below[0] : undefined;
  return root === undefined ? clashes : [`target paths '' and ${show(root)} lie in each other`, ...clashes];
}

/** A path, and all folders around it up to the root. */
function foldersAround(path: string): string[] {
  const folders = ['', path];
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

function repeated(names: string[], what: string): string[] {
  return nameClashes(names).map(({ one, other, kind }: NameClash) =>
    `${what} ${show(one)}${kind === 'same' ? '' : ` and ${what} ${show(other)}`} ${CLASH[kind]}`);
}

/** The folder of an artifact below that of its registry. */
export function artifactFolder({ artifact, tag }: { readonly artifact: string; readonly tag: string }): string {
  return `${artifact}/${tag}`;
}

/** The file that says who owns a target, relative to the root of its branch. */
export function ownershipFileOf(target: { readonly path: string }): string {
  return target.path ? `${target.path}/${OWNERSHIP_FILE}` : OWNERSHIP_FILE;
}

/** Whether a path is a directory or lies below it; everything lies below the root, ''. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

/** A name as a message shows it: on one line, whatever is in it. */
function show(name: string): string {
  return /[\u0000-\u001f\u007f'\p{Surrogate}]/u.test(name) ? JSON.stringify(name) : `'${name}'`;
}
