import { DeliveryManifest, OWNERSHIP_FILE, RepositoryManifest, TargetManifest } from './delivery-manifest';
import { branchProblem, foldCase, NameClash, nameClashes, pathProblem } from './git-names';

const CLASH = {
  case: 'differ only in case, which some file systems cannot hold apart',
  folder: 'cannot exist together: one is a folder of the other',
  same: 'is listed twice',
};

/** What the schema cannot say of a manifest; a line per problem. */
export function manifestProblems(manifest: DeliveryManifest): string[] {
  const problems = [
    ...repeated(manifest.repositories.map((repository) => repository.name), 'repository'),
    ...manifest.repositories.flatMap(repositoryProblems),
    ...manifest.unclaimed.filter(pathProblem).map((file) => `unclaimed file ${show(file)} ${pathProblem(file)}`),
  ];
  if (manifest.repositories.length && !manifest.app) {
    problems.unshift("'app' is missing, so that nobody owns what is published");
  }
  return problems;
}

function repositoryProblems(repository: RepositoryManifest): string[] {
  const name = `repository ${show(repository.name)}`;
  const wrong = repository.name.includes('/') ? "holds '/'" : pathProblem(repository.name);
  if (wrong) {
    return [`${name}: the name ${wrong}`];
  }
  const branches = new Map<string, TargetManifest[]>();
  for (const target of repository.targets) {
    branches.set(target.branch, [...branches.get(target.branch) ?? [], target]);
  }
  const problems = repeated([...branches.keys()], 'branch');
  for (const [branch, targets] of branches) {
    const bad = branchProblem(branch);
    problems.push(...bad ? [`branch ${show(branch)} ${bad}`] : branchContentProblems(targets).map((text) => `branch ${show(branch)}: ${text}`));
  }
  return problems.map((text) => `${name}: ${text}`);
}

/** Of the targets of one branch. */
function branchContentProblems(targets: TargetManifest[]): string[] {
  const problems: string[] = [];
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
      } else if (targets.some((other) => other !== target && isWithin(file, other.path))) {
        problems.push(`file ${show(file)} lies in the path of another target`);
      }
    }
  }
  targets.forEach((target, index) => targets.slice(index + 1)
    .filter((other) => isWithin(other.path, target.path) || isWithin(target.path, other.path))
    .forEach((other) => problems.push(`target paths ${show(target.path)} and ${show(other.path)} lie in each other`)));
  // What is wrong already would be told twice.
  return problems.length ? problems : repeated(targets.flatMap((target) => [...target.files, ownershipFileOf(target)]), 'file');
}

function repeated(names: string[], what: string): string[] {
  return nameClashes(names).map(({ one, other, kind }: NameClash) =>
    `${what} ${show(one)}${kind === 'same' ? '' : ` and ${what} ${show(other)}`} ${CLASH[kind]}`);
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
