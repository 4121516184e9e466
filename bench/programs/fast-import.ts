import { execFileSync } from 'child_process';
import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

// The plainest way to publish many branches that is not slow: `node fast-import.js <repository> <folder with a folder for each
// branch> <folder for a repository>`. One `git fast-import`, one atomic push; it looks at nothing, and checks nothing.

const [remote, rendered, clone] = process.argv.slice(2);
const parts: (string | Buffer)[] = [];
const data = (content: Buffer) => parts.push(`data ${content.length}\n`, content, '\n');

for (const branch of readdirSync(rendered)) {
  parts.push(`reset refs/heads/${branch}\ncommit refs/heads/${branch}\ncommitter bench <bench@example.com> ${Math.floor(Date.now() / 1000)} +0000\n`);
  data(Buffer.from(`Render ${branch}\n`));
  for (const file of readdirSync(join(rendered, branch))) {
    parts.push(`M 100644 inline ${file}\n`);
    data(readFileSync(join(rendered, branch, file)));
  }
}
execFileSync('git', ['init', '--quiet', '--bare', clone]);
execFileSync('git', ['--git-dir', clone, 'fast-import', '--quiet'], { input: Buffer.concat(parts.map((part) => Buffer.from(part as string))) });
execFileSync('git', ['--git-dir', clone, 'push', '--quiet', '--atomic', remote, 'refs/heads/*:refs/heads/*']);
