import { posix } from 'path';
import { BuildProblem, BuiltObject } from './build';
import { Cluster } from './cluster';
import { FILE_RULES } from './file-rules';
import { Input, readInput } from './input';
import { isFlux, nameOf, objectsOf } from './objects';
import { fieldTokens, placeOf } from './place';
import { ValidationFinding, ValidationReport } from './report';
import { Repository, RepositoryReader } from './repository';
import { hasVariables } from './substitution';
import { Skipped, Tree } from './tree';
import { Unseen } from './unseen';
import { positionOf, SourceFile } from './yaml-file';
import { ALL_RULES, checkClusters, checkObjects, cleanText, ClusterView, describeObject, ExistingObject, Finding, fluxGroupOf, Rule, RuledObject } from '../../rules';
import { CliError, ExitCode } from '../cli-error';

export interface ValidateOptions {
  readonly paths: readonly string[];
  /** `KIND/NAMESPACE/NAME` or `KIND/NAME`. */
  readonly exists: readonly string[];
  readonly noCrossNamespaceRefs: boolean;
  /** Whether warnings fail too. */
  readonly strict: boolean;
  readonly standardInput: () => string;
}

/** Every rule that this command may tell of. */
export const VALIDATION_RULES: readonly Rule[] = [...Object.values(FILE_RULES), ...ALL_RULES];

/** Rules that say that a field is not there, or that fields do not go together. */
const COMPLETENESS = ['missing-field', 'cel-rule'];

/**
 * Checks files of YAML.
 *
 * @throws CliError
 */
export function validate(options: ValidateOptions): ValidationReport {
  return new Validation(options, readInput(options.paths, options.standardInput)).run();
}

/** A finding before it is cleaned, in a file. */
type Told = Omit<ValidationFinding, 'rule' | 'severity' | 'file' | 'source'> & { readonly rule: Rule };

class Validation {
  private readonly existing: readonly ExistingObject[];
  private readonly acknowledged: ReadonlySet<string>;
  private readonly reader: RepositoryReader;
  /** By the object itself: rules hand back what they know of it in a shape of their own. */
  private readonly built = new Map<unknown, BuiltObject>();
  private readonly findings = new Map<string, ValidationFinding>();
  private readonly trees = new Map<SourceFile, Tree>();
  private readonly skipped: Skipped[];

  constructor(private readonly options: ValidateOptions, private readonly input: Input) {
    this.existing = [...options.exists.map(existingObject), ...input.existing];
    this.acknowledged = new Set(input.acknowledged.map(({ rule, object }) => `${rule}\0${object}`));
    this.reader = new RepositoryReader(input.trees, input.roots, (tree, path) => input.isAsked(tree, path));
    this.skipped = input.trees.flatMap((tree) => tree.skipped.filter(({ file }) => this.isAskedFile(tree, file)));
  }

  public run(): ValidationReport {
    const repository = this.reader.read();
    const files = this.files();
    const views = repository.clusters.map((cluster) => this.view(cluster, repository.clusters.length > 1));
    const loose = repository.loose.map((built) => this.ruled(built));
    this.tellObjects([...views.flatMap(({ applied }) => applied.flatMap(({ objects }) => objects)), ...loose]);
    const unseen = new Unseen(repository.clusters);
    checkClusters(views).forEach((finding) => this.tellBetween(finding, unseen));
    [...repository.clusters.flatMap(({ problems }) => problems), ...repository.problems].forEach((problem) => this.tellBuild(problem));
    files.forEach(({ tree, file }) => this.tellFile(tree, file));
    this.tellUnreadable();
    return this.report(repository, files.map(({ file }) => file));
  }

  private files(): { tree: Tree; file: SourceFile }[] {
    const files = this.input.trees.flatMap((tree) => tree.paths().flatMap((path) => {
      const file = tree.file(path);
      if (file) {
        this.trees.set(file, tree);
      }
      return file && this.input.isAsked(tree, path) ? [{ tree, file }] : [];
    }));
    if (!files.length && !this.input.trees.some(({ unreadable }) => unreadable.length)) {
      throw new CliError(ExitCode.INVALID_INPUT, `${this.places()}: holds no file of YAML. Name the folder of a Flux repository, or a file.`);
    }
    return files;
  }

  private view(cluster: Cluster, isOneOfMany: boolean): ClusterView {
    return {
      name: isOneOfMany ? cluster.name : undefined,
      existing: [...this.existing, ...cluster.existing],
      noCrossNamespaceRefs: this.options.noCrossNamespaceRefs,
      applied: cluster.applied.map(({ by, targetNamespace, objects }) => (
        { by, byHand: by === undefined, targetNamespace, objects: objects.map((built) => this.ruled(built)) }
      )),
    };
  }

  private ruled(built: BuiltObject): RuledObject {
    const mayVary = built.patches.length > 0 || built.document.text.includes('${');
    const substituted = mayVary && hasVariables(built.object);
    const ruled = { object: built.object, substituted, at: `${built.document.file.shown}:${positionOfObject(built)}` };
    this.built.set(built.object, built);
    return ruled;
  }

  private tellObjects(objects: readonly RuledObject[]): void {
    const told = new Set<unknown>();
    for (const finding of checkObjects(objects.filter(({ object }) => !told.has(object) && told.add(object)))) {
      const built = this.built.get(finding.on.object)!;
      const { value, isWhole } = fieldTokens(built.object, finding.field);
      const isUncertain = built.partly !== undefined || built.object.sops !== undefined;
      if (!(isUncertain && (!isWhole || COMPLETENESS.includes(finding.rule.id))) && !(isWhole && hasVariables(value)) && finding.field !== 'sops') {
        this.tell(finding, built);
      }
    }
  }

  private tellBetween(finding: Finding, unseen: Unseen): void {
    const built = this.built.get(finding.on.object)!;
    const { value } = fieldTokens(built.object, finding.field);
    const isAbsence = finding.rule.absence === true;
    if (isAbsence && hasVariables(value)) {
      return;
    }
    const bringer = isAbsence ? unseen.of(finding.clusters) : undefined;
    if (bringer !== undefined) {
      const problem = `${finding.problem}, unless ${bringer} that is not among these files brings it`;
      this.tell({ ...finding, problem, rule: { ...finding.rule, severity: 'warning' } }, built);
    } else {
      this.tell(finding, built);
    }
  }

  private tell({ rule, field, problem, remedy, clusters }: Finding, built: BuiltObject): void {
    if (this.acknowledged.has(`${rule.id}\0${describeObject(built.object)}`)) {
      return;
    }
    const { file, line, column } = placeOf(built, field);
    const about = { object: nameOf(built.object), ...field === '' ? {} : { field }, ...clusters ? { clusters } : {} };
    this.add(file, { rule, line, column, ...about, problem, remedy });
  }

  private tellBuild({ rule, document, path, problem, remedy, on, field }: BuildProblem): void {
    if (rule === FILE_RULES.noObject && this.isIgnoring(document.file)) {
      return;
    }
    const about = on === undefined ? {} : { object: nameOf(on), field };
    this.add(document.file, { rule, ...positionOf(document, path), ...about, problem, remedy });
  }

  /** What is wrong with a file as such, unless it may well be no YAML of Kubernetes. */
  private tellFile(tree: Tree, file: SourceFile): void {
    const isUsed = this.reader.isAuxiliary(tree, file.path) || file.documents.some((document) => this.reader.isUsed(document));
    const isMeant = isUsed || objectsOf(file).length > 0;
    const isLike = /^\s*["']?apiVersion["']?:/m.test(file.text) && !/\{\{|\{%|<%/.test(file.text);
    if (file.problems.length && (isMeant || isLike)) {
      file.problems.forEach(({ offset, ...problem }) => this.add(file, { ...problem, ...file.position(offset) }));
    } else if (!objectsOf(file).length && !isMeant) {
      this.skipped.push({ file: file.shown, reason: 'no object of Kubernetes' });
    }
  }

  private tellUnreadable(): void {
    for (const tree of this.input.trees) {
      for (const { file, rule, problem, remedy } of tree.unreadable.filter((one) => this.isAskedFile(tree, one.file))) {
        const { id, severity, source } = rule;
        this.findings.set(file, { rule: id, severity, file: cleanText(file), line: 1, column: 1, problem, remedy, source });
      }
    }
  }

  private add(file: SourceFile, { rule, ...finding }: Told): void {
    const tree = this.trees.get(file);
    // What bootstrap writes is not the user's to change.
    if (tree && !this.input.isAsked(tree, file.path) || rule.severity === 'warning' && posix.basename(file.path) === 'gotk-components.yaml') {
      return;
    }
    const told: ValidationFinding = {
      rule: rule.id,
      severity: rule.severity,
      file: cleanText(file.shown),
      ...finding,
      ...finding.object === undefined ? {} : { object: cleanText(finding.object) },
      ...finding.field === undefined ? {} : { field: cleanText(finding.field) },
      problem: cleanText(finding.problem),
      remedy: cleanText(finding.remedy),
      source: rule.source,
    };
    const key = JSON.stringify([told.rule, told.file, told.line, told.column, told.field, told.problem]);
    this.findings.set(key, this.findings.get(key) ?? told);
  }

  /** Whether somebody tells Flux which files to leave out; what it says is not read here. */
  private isIgnoring(file: SourceFile): boolean {
    const tree = this.trees.get(file);
    const folders = file.path.split('/').map((_, index, segments) => segments.slice(0, index).join('/'));
    return tree !== undefined && folders.some((folder) => tree.exists(folder === '' ? '.sourceignore' : `${folder}/.sourceignore`));
  }

  private isAskedFile(tree: Tree, shown: string): boolean {
    const path = tree.options.shown && shown.startsWith(`${tree.options.shown}/`) ? shown.slice(tree.options.shown.length + 1) : shown;
    return this.input.isAsked(tree, path);
  }

  private places(): string {
    return this.options.paths.length ? this.options.paths.map((path) => path === '-' ? 'the standard input' : path).join(', ') : 'the current folder';
  }

  private report(repository: Repository, files: readonly SourceFile[]): ValidationReport {
    const findings = [...this.findings.values()].sort(byPlace);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const warnings = findings.length - errors;
    const objects = files.flatMap((file) => objectsOf(file));
    if (!objects.length && !findings.length) {
      // A pipe whose other end failed looks like this, and must not look like success.
      throw new CliError(ExitCode.INVALID_INPUT, `${this.places()}: holds no object of Kubernetes, so that there is nothing to check. Name the folder of a Flux repository, or a file.`);
    }
    const applied = repository.clusters.flatMap((cluster) => cluster.applied.flatMap((set) => set.objects));
    const partly = [...applied, ...repository.loose].filter((built) => built.partly !== undefined && isFlux(built.object));
    return {
      version: 1,
      exitCode: errors || this.options.strict && warnings ? ExitCode.FINDINGS : ExitCode.DONE,
      findings,
      counts: {
        files: files.length,
        objects: objects.length,
        fluxObjects: objects.filter(({ object }) => isFlux(object)).length,
        errors,
        warnings,
        unreached: repository.loose.filter(({ document: { file } }) => files.includes(file)).length,
        partlyChecked: new Set(partly.map(({ document }) => document)).size,
      },
      clusters: repository.clusters.map((cluster) => ({
        name: cleanText(cluster.name),
        kustomizations: cluster.applied.filter(({ by }) => by !== undefined).length,
        objects: cluster.applied.reduce((sum, set) => sum + set.objects.length, 0),
        unseen: cluster.unseen.map(cleanText),
      })),
      skipped: this.skipped.map(({ file, reason }) => ({ file: cleanText(file), reason })).sort((one, other) => one.file < other.file ? -1 : 1),
    };
  }
}

function positionOfObject({ document, prefix }: BuiltObject): number {
  return prefix.length ? positionOf(document, prefix).line : document.file.position(document.offset + firstContent(document.text)).line;
}

/** Where the first key of a document stands: behind `---`, comments and empty lines. */
function firstContent(text: string): number {
  return Math.max(0, text.search(/^(?!---|\s*#|\s*$)/m));
}

function byPlace(one: ValidationFinding, other: ValidationFinding): number {
  return one.file === other.file ? one.line - other.line || one.column - other.column : one.file < other.file ? -1 : 1;
}

function existingObject(text: string): ExistingObject {
  const parts = text.split('/');
  const [kind, ...names] = parts;
  if (parts.length < 2 || parts.length > 3 || parts.some((part) => !part)) {
    throw new CliError(ExitCode.USAGE, "--exists: takes KIND/NAMESPACE/NAME, or KIND/NAME of a kind that is in no namespace, such as 'GitRepository/flux-system/apps'.");
  }
  const name = names[names.length - 1];
  return { group: fluxGroupOf(kind) ?? '', kind, name, ...names.length > 1 ? { namespace: names[0] } : {} };
}
