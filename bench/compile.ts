import * as fs from 'fs';
import * as path from 'path';
import * as ts from 'typescript';

/**
 * Translates the measured programs to JavaScript, so that plain node runs them and no compiler is in what is measured. The result lies
 * below the package's folder, for only there does the package find itself by its own name.
 *
 * @returns the folder of the result
 */
export function compilePrograms(): string {
  const from = path.join(__dirname, 'programs');
  const to = path.join(__dirname, '.cache', 'programs');
  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(to, { recursive: true });
  for (const file of fs.readdirSync(from)) {
    const { outputText } = ts.transpileModule(fs.readFileSync(path.join(from, file), 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
      fileName: file,
    });
    fs.writeFileSync(path.join(to, file.replace(/\.ts$/, '.js')), outputText);
  }
  return to;
}
