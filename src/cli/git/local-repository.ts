import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CliError, ExitCode } from '../cli-error';
import { NewCommit, Signature } from './commit-import';
import { CommitWriter } from './commit-writer';
import { faultOf } from './fault';
import { GitOptions, GitResult, runGit, runGitDetached } from './git';
import { repositoryConfig, withConfig } from './git-environment';
import { GitObject, parseObjects } from './git-objects';
import { namesTo } from './live-branch';
import { Listing, lossOf } from './loss';
import { HEADS, leases, OutgoingRef, REFS, REMOTE, TRACKING } from './outgoing';
import { PushAnswer, pushAnswer } from './push-answer';
import { ReadBefore } from './read-before';
import { shownUrl } from './remote-url';
import { signedCommit } from './signed-commit';
import { Fault, RemoteFault } from '../remote-fault';

const ENOUGH_LOSSES = 8;
const OUTGOING = 'refs/outgoing/';

/** When to give up. */
export interface Limits {
  /** Waiting for the remote. */
  readonly read: AbortSignal;
  /** Work of our own. */
  readonly work: AbortSignal;
  /** How long an http(s) remote may send and take nothing while it is pushed to, in seconds; git's own servers say something every 5. */
  readonly silence: number;
}

/** A bare repository of our own, in the system's temporary folder, through which one remote is read and written. */
export class LocalRepository {
  private readonly folder = inTemporaryFolder(() => mkdtempSync(join(tmpdir(), 'cdk8s-fluxcd-')));
  private readonly fetched = new Set<string>();
  private losses = 0;
  /** What the remote listed last. */
  private listed: Listing = new Map();
  /** What it lists for the first who asks, if that was begun already. */
  private ahead?: Promise<Map<string, string>>;
  private isReading = false;
  private readonly before = new ReadBefore();
  private readonly writer = new CommitWriter(this.folder, async (args, input, signal) => (
    this.git(args, { input, signal: AbortSignal.any([this.limits.work, signal]) })
  ));

  constructor(private readonly url: string, private environment: NodeJS.ProcessEnv, private readonly limits: Limits) {}

  /** Makes it, which is what `git init` would do, without the process, the templates and the user's defaults. */
  public init(): void {
    inTemporaryFolder(() => {
      ['objects', 'refs'].forEach((name) => mkdirSync(join(this.folder, name)));
      writeFileSync(join(this.folder, 'HEAD'), `ref: ${HEADS}none\n`);
      writeFileSync(join(this.folder, 'config'), repositoryConfig(REMOTE, this.url));
    });
  }

  /** Takes what git needs to be let in. */
  public useEnvironment(environment: NodeJS.ProcessEnv): void {
    this.environment = environment;
  }

  /** Removes it once nothing reads any more, which ends when its limit does; what is written for later commits ends at once. */
  public async remove(): Promise<void> {
    await Promise.all([this.ahead?.catch(() => undefined), this.writer.close()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The URLs that git will really use, after `insteadOf` and `pushInsteadOf` of the user's configuration. */
  public async effectiveUrls(): Promise<string[]> {
    const { stdout } = await this.git(['remote', '-v']);
    // The user's configuration may have remotes of its own.
    return [...stdout.toString().matchAll(/^(\S+)\t(.*) \((?:fetch|push)\)/gm)].flatMap(([, name, url]) => name === REMOTE ? [url] : []);
  }

  /**
   * Begins to read what whoever looks first will ask for, while something else is done. What goes wrong is told to him.
   *
   * @param branches with the files that he will ask for there
   * @param others refs that he will ask for, too
   */
  public readAhead(branches: ReadonlyMap<string, readonly string[]>, others: string[]): void {
    const read = async () => {
      const refs = this.listed = await this.list(others);
      this.writer.know(refs);
      const tips = [...branches].flatMap(([branch, files]) => refs.has(HEADS + branch) ? [{ tip: refs.get(HEADS + branch)!, files }] : []);
      const noted = others.flatMap((ref) => refs.get(ref) ?? []);
      await this.fetchCommits([...new Set([...tips.map(({ tip }) => tip), ...noted])]);
      await this.keep([...noted, ...tips.flatMap(({ tip, files }) => files.flatMap((file) => namesTo(tip, file)))]);
      const leftOut = tips.flatMap(({ tip, files }) => this.before.leftOut(tip, files));
      await this.fetchFiles([...new Set(leftOut)]);
      await this.keep(leftOut);
      return refs;
    };
    this.isReading = true;
    this.ahead = read().finally(() => this.isReading = false);
    this.ahead.catch(() => undefined);
  }

  /**
   * The remote's branches, and other refs that are asked for by their full names, with the commits they are at.
   *
   * @param meanwhile is done if there is something to wait for
   */
  public async refs(others: string[], meanwhile?: () => void): Promise<Listing> {
    const { ahead } = this;
    if (ahead) {
      this.ahead = undefined;
      if (this.isReading) {
        meanwhile?.();
      }
    } else {
      this.before.clear();
    }
    this.listed = await (ahead ?? this.list(others));
    this.writer.know(this.listed);
    return this.listed;
  }

  private async list(others: string[]): Promise<Map<string, string>> {
    // Patterns are matched at the end of any ref, and by this side.
    const { stdout } = await this.ask(['ls-remote', '--', REMOTE, `${HEADS}*`, ...others]);
    const refs = [...stdout.toString().matchAll(/^([0-9a-f]+)\t(.+)$/gm)].map((match) => [match[2], match[1]] as const);
    return new Map(refs.filter(([ref]) => ref.startsWith(HEADS) || others.includes(ref)));
  }

  /** Fetches commits with their folders but, where the remote can leave them out, without the files. */
  public async fetchCommits(commits: string[]): Promise<void> {
    await this.fetch(commits.filter((commit) => !this.fetched.has(commit)), [], ['--depth=1']);
  }

  /** Reads objects by id, or what stands at a path of a commit as `<commit>:<path>`; undefined for what is missing. */
  public async read(names: string[]): Promise<(GitObject | undefined)[]> {
    const objects = this.before.take(names) ?? await this.readHere(names);
    const missing = names.filter((name, index) => !objects[index] && !name.includes(':'));
    if (missing.length === 0) {
      return objects;
    }
    await this.fetchFiles(missing);
    const found = await this.readHere(missing);
    return objects.map((object, index) => object ?? found[missing.indexOf(names[index])]);
  }

  /** Begins to write what a branch is to hold, if the remote has no such branch. The commits are made later, or never. */
  public writeAhead(branch: string, contents: readonly Buffer[]): void {
    this.writer.writeAhead(branch, contents);
  }

  /**
   * Makes commits.
   *
   * @param who and what to sign them with, as configuration of git, if they are to be signed
   * @returns their ids, in their order
   */
  public async commit(commits: readonly NewCommit[], { signing, ...who }: Signature & { readonly signing?: [string, string][] }): Promise<string[]> {
    const ids = await this.writer.commit(commits, who);
    return signing ? this.signed(ids, signing) : ids;
  }

  private async signed(ids: string[], signing: [string, string][]): Promise<string[]> {
    const commits = await this.read(ids);
    const signer = { base: this.base(), environment: withConfig(this.environment, signing), signal: this.limits.read };
    const result: string[] = [];
    for (const commit of commits) {
      result.push(await signedCommit(commit!, signer));
    }
    return result;
  }

  /** Moves all refs or, if atomic, none. Nothing interrupts it but the remote's silence. */
  public async push(refs: OutgoingRef[], atomic: boolean, pushOptions: readonly string[] = []): Promise<PushAnswer> {
    const { config, options, pictured } = leases(refs);
    this.writeRefs([
      ...refs.flatMap(({ ref, commit }) => commit ? [{ name: OUTGOING + ref.slice(REFS.length), commit }] : []),
      ...pictured.map(({ ref, expected }) => ({ name: TRACKING + ref.slice(REFS.length), commit: expected! })),
    ]);
    const deleted = refs.flatMap(({ ref, commit }) => commit ? [] : [`:${ref}`]);
    const moves = deleted.length < refs.length ? [`${OUTGOING}*:${REFS}*`] : [];
    const { code, stdout, stderr } = await runGitDetached([
      ...this.base(), ...config, '-c', 'http.lowSpeedLimit=1', '-c', `http.lowSpeedTime=${this.limits.silence}`, 'push', '--porcelain', ...options, ...(atomic ? ['--atomic'] : []), ...pushOptions.map((option) => `--push-option=${option}`), '--', REMOTE, ...moves, ...deleted,
    ], this.folder, { environment: this.environment });
    return pushAnswer(refs, { code, stdout: stdout.toString(), stderr }, { atomic, at: shownUrl(this.url) });
  }

  /** All in one file: git takes a thousand from there as fast as one. */
  private writeRefs(refs: { name: string; commit: string }[]): void {
    const lines = refs.map(({ name, commit }) => ({ name: Buffer.from(name), line: `${commit} ${name}\n` }));
    const packed = '# pack-refs with: peeled fully-peeled sorted \n' +
      lines.sort((one, other) => Buffer.compare(one.name, other.name)).map(({ line }) => line).join('');
    inTemporaryFolder(() => {
      rmSync(join(this.folder, 'refs'), { recursive: true });
      mkdirSync(join(this.folder, 'refs'));
      writeFileSync(join(this.folder, 'packed-refs'), packed);
    });
  }

  private async fetchFiles(objects: string[]): Promise<void> {
    await this.fetch(objects, ['-c', 'fetch.negotiationAlgorithm=noop'], []);
  }

  private async fetch(objects: string[], config: string[], options: string[]): Promise<void> {
    if (objects.length) {
      // Told only here that the remote keeps what is left out: a push that believes it fetches the others' commits.
      const { code, stderr } = await this.run([
        '-c', `remote.${REMOTE}.promisor=true`, '-c', `remote.${REMOTE}.partialCloneFilter=blob:none`, ...config,
        'fetch', '--quiet', '--filter=blob:none', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance', ...options, '--stdin', '--', REMOTE,
      ], { input: objects.join('\n') + '\n', signal: this.limits.read });
      if (code !== 0) {
        const fault = this.faultOf(stderr, code);
        const loss = fault.kind === 'moved' ? await this.lossOf(objects, stderr) : undefined;
        // A host with several replicas may list from one what another does not have yet.
        this.losses += loss ? 1 : 0;
        throw new RemoteFault(loss ? { ...loss, kind: this.losses < ENOUGH_LOSSES ? 'unavailable' : 'fatal' } : fault);
      }
      objects.forEach((object) => this.fetched.add(object));
    }
  }

  /** Reads what somebody will ask for; nothing is begun any more once the remote is not waited for. */
  private async keep(names: string[]): Promise<void> {
    const some = [...new Set(names)];
    if (some.length && !this.limits.read.aborted) {
      this.before.keep(some, await this.readHere(some));
    }
  }

  private async readHere(names: string[]): Promise<(GitObject | undefined)[]> {
    const { stdout } = await this.git(['cat-file', '--batch', '--buffer'], { input: names.join('\n') + '\n' });
    return parseObjects(stdout);
  }

  private async lossOf(objects: string[], answer: string): Promise<Fault | undefined> {
    const before = new Map([...this.listed].filter(([, commit]) => objects.includes(commit) || this.fetched.has(commit)));
    return before.size ? lossOf(answer, before, await this.list([...before.keys()].filter((ref) => !ref.startsWith(HEADS)))) : undefined;
  }

  /** Reads at the remote. */
  private async ask(args: string[]): Promise<GitResult> {
    const result = await this.run(args, { signal: this.limits.read });
    if (result.code !== 0) {
      throw new RemoteFault(this.faultOf(result.stderr, result.code));
    }
    return result;
  }

  /** Of reading at the remote. */
  private faultOf(answer: string, code: number | undefined): Fault {
    return faultOf(answer, code, { at: shownUrl(this.url), reads: true });
  }

  private async git(args: string[], options: Pick<GitOptions, 'input' | 'signal'> = {}): Promise<GitResult> {
    const result = await this.run(args, options);
    if (result.code !== 0) {
      throw new RemoteFault(faultOf(result.stderr, result.code));
    }
    return result;
  }

  private async run(args: string[], options: Pick<GitOptions, 'input' | 'signal'> = {}): Promise<GitResult> {
    return runGit([...this.base(), ...args], { environment: this.environment, signal: this.limits.work, ...options });
  }

  private base(): string[] {
    return [`--git-dir=${this.folder}`];
  }
}

/** @throws CliError if the folder is not there, read-only or full, which is nothing that another attempt would mend */
function inTemporaryFolder<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = (error as Error).message.split(',')[0];
    throw new CliError(ExitCode.USAGE, `temporary folder '${tmpdir()}': cannot be written to (${reason}). Name another one in TMPDIR.`);
  }
}
