import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { ValidationFinding, ValidationReport } from '../../src/cli/validate/report';
import { validate, ValidateOptions } from '../../src/cli/validate/validate';

const LAYOUTS = join(__dirname, 'layouts');

/** A folder to check, outside of any Git repository; the current folder while it is checked. */
export class ValidateFolder {
  /** A folder with files, by path. */
  public static of(files: Record<string, string>): ValidateFolder {
    const folder = new ValidateFolder();
    Object.entries(files).forEach(([file, text]) => folder.write(file, text));
    return folder;
  }

  /** A copy of a layout of test/cli/layouts/. */
  public static layout(name: string): ValidateFolder {
    const folder = new ValidateFolder();
    cpSync(join(LAYOUTS, name), folder.path, { recursive: true });
    return folder;
  }

  public readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'validate-test-')));

  public write(file: string, text: string | Buffer): this {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text);
    return this;
  }

  /** Replaces the first of a text that must be there. */
  public edit(file: string, from: string, to: string): this {
    const text = readFileSync(join(this.path, file), 'utf8');
    expect(text).toContain(from);
    return this.write(file, text.replace(from, () => to));
  }

  public append(file: string, text: string): this {
    return this.write(file, readFileSync(join(this.path, file), 'utf8') + text);
  }

  /** The line of a text in a file, counted from one. */
  public lineOf(file: string, text: string): number {
    return readFileSync(join(this.path, file), 'utf8').split('\n').findIndex((line) => line.includes(text)) + 1;
  }

  public check(options: Partial<ValidateOptions> = {}): ValidationReport {
    const before = process.cwd();
    process.chdir(this.path);
    try {
      return validate({ paths: ['.'], exists: [], noCrossNamespaceRefs: false, strict: false, standardInput: () => '', ...options });
    } finally {
      process.chdir(before);
    }
  }

  /** The findings, each as `file:line rule field`. */
  public found(options: Partial<ValidateOptions> = {}): string[] {
    return this.check(options).findings.map(placed);
  }

  public remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export function placed({ file, line, rule, field }: ValidationFinding): string {
  return [`${file}:${line}`, rule, field].filter(Boolean).join(' ');
}
