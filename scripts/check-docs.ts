/**
 * Compiles every `ts` block of README.md and docs/, each as a module of its own that imports the package by its name.
 * A block keeps its line numbers, so that what the compiler says points into the document.
 */
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';

const ROOT = path.resolve(__dirname, '..');
const SNIPPETS = path.join(ROOT, '.snippets');

interface Snippet {
  readonly line: number;
  readonly code: string;
}

function snippetsOf(document: string): Snippet[] {
  const snippets: Snippet[] = [];
  const lines = fs.readFileSync(path.join(ROOT, document), 'utf8').split('\n');
  for (let start = 0; start < lines.length; start++) {
    if (/^ *```ts\s*$/.test(lines[start])) {
      const end = lines.findIndex((line, i) => i > start && /^ *```\s*$/.test(line));
      snippets.push({ line: start + 1, code: lines.slice(start + 1, end).join('\n') });
      start = end;
    }
  }
  return snippets;
}

fs.rmSync(SNIPPETS, { recursive: true, force: true });
fs.mkdirSync(SNIPPETS);
const documents = ['README.md', ...fs.readdirSync(path.join(ROOT, 'docs')).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`)];
let count = 0;
for (const document of documents) {
  for (const { line, code } of snippetsOf(document)) {
    fs.writeFileSync(path.join(SNIPPETS, `${document.replace(/\W/g, '-')}.${line}.ts`), '\n'.repeat(line) + code + '\nexport {};\n');
    count++;
  }
}
fs.writeFileSync(path.join(SNIPPETS, 'tsconfig.json'), JSON.stringify({
  extends: '../tsconfig.json',
  compilerOptions: { rootDir: '.', noEmit: true, noUnusedLocals: false, types: ['node'] },
  include: ['*.ts'],
}));
const tsc = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', SNIPPETS], { stdio: 'inherit' });
console.log(`${count} snippets of ${documents.length} documents ${tsc.status === 0 ? 'compile' : 'were compiled, with errors'}`);
process.exitCode = tsc.status ?? 1;
