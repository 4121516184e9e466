import { cdk8s, javascript, JsonPatch } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-fluxcd',
  description: 'Deliver cdk8s services with Flux CD: constructs for services, sources and Kustomizations, and a command that publishes what was rendered.',
  author: 'cdk8s-fluxcd maintainers',
  authorAddress: 'https://github.com/cdk8s-fluxcd',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-fluxcd/cdk8s-fluxcd.git',
  keywords: ['cdk8s', 'flux', 'fluxcd', 'gitops', 'kubernetes', 'rendered-manifests'],
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.12.0',
  projenrcTs: true,
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~5.9.0',
  tsconfigDevFile: 'tsconfig.dev.json',

  // The floor is what cdk8s-plus-27 2.9.5 asks for (its cdk8s ^2.68.11 begins with 2.68.12: there is no 2.68.11); development runs on the newest, and `npm run test:lowest` on the floor.
  cdk8sVersion: '2.68.12',
  constructsVersion: '10.3.0',
  peerDeps: ['cdk8s-plus-27@^2.9.5'],
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    'constructs@10.8.1',
    'cdk8s@2.70.106',
    'cdk8s-plus-27@2.9.5',
    'cdk8s-cli',
    '@kubernetes/client-node@^1.4',
    '@types/node@^20',
    '@types/js-yaml',
    '@types/sarif',
    '@types/tar-stream',
    'fast-check',
    'projen@0.103.25',
  ],
  // js-yaml is pinned exactly: the YAML writer rests on how this version decides what to quote. So is tar-stream: the digest of an artifact
  // rests on the bytes that it writes, and from 3.1.8 on it brings 6 MB of native programs that node never loads.
  bundledDeps: ['js-yaml@4.3.0', 'commander@^14', 'ajv@^8', '@bufbuild/cel@^0.6.1', '@bufbuild/protobuf@^2.6.2', 'fastest-levenshtein@^1.0.16', 'yaml@^2.9.1', 'tar-stream@3.1.7'],
  bin: { 'cdk8s-fluxcd': 'lib/cli/main.js' },

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: { collectCoverage: false, maxWorkers: '100%', globalSetup: '<rootDir>/test/programs.ts', setupFiles: ['<rootDir>/test/setup.ts'], testTimeout: 120_000, testPathIgnorePatterns: ['/node_modules/', '/test/e2e/'] },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'examples', 'bench', 'trials', 'scripts'], commandOptions: { fix: false }, projectService: false, tsconfigPath: './tsconfig.dev.json' },

  github: false,
  release: false,
  sampleCode: false,
  publishToPypi: { distName: 'cdk8s-fluxcd', module: 'cdk8s_fluxcd' },
  gitignore: ['/.snippets/', '/demo-output/', '__pycache__/', '.venv/', '/examples/*/dist/'],
});

// Rooms, each with the rooms whose index.ts it may open. Whoever is not listed may not be imported.
const fluxKinds = ['format', 'routing', 'flux', 'rules'];
const rooms: Record<string, string[]> = {
  format: [],
  git: [],
  manifest: [],
  schema: [],
  secrets: [],
  rules: ['git', 'schema', 'secrets'],
  routing: ['format', 'git', 'manifest', 'rules'],
  flux: ['format', 'routing', 'rules', 'secrets'],
  source: [...fluxKinds, 'git'],
  kustomize: [...fluxKinds, 'secrets', 'source'],
  helm: [...fluxKinds, 'source'],
  image: [...fluxKinds, 'source'],
  notification: fluxKinds,
  delivery: [...fluxKinds, 'source', 'kustomize'],
  workload: ['format', 'routing', 'delivery', 'image'],
  validation: ['format', 'git', 'manifest', 'routing', 'rules'],
  app: ['format', 'git', 'manifest', 'routing', 'rules', 'validation'],
  cli: ['git', 'manifest', 'rules'],
};
project.eslint!.addRules({
  'import/no-cycle': ['error'],
  'import/no-restricted-paths': ['error', {
    zones: [
      ...Object.entries(rooms).map(([room, open]) => ({
        target: `./src/${room}`,
        from: './src',
        except: [`./${room}`, ...open.map((other) => `./${other}/index.ts`)],
        message: `src/${room} may open only these rooms, each by its index.ts: ${open.join(', ') || 'none'} (.projenrc.ts, docs/architecture.md).`,
      })),
      {
        target: './src/index.ts',
        from: './src',
        except: Object.keys(rooms).map((room) => `./${room}/index.ts`),
        message: 'A room\'s only door is its index.ts.',
      },
    ],
  }],
});

// 1.13.0 names platform packages that were never released, and `npm ci` fails over them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// Importing the package by its own name, as examples and the README do.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// Not among the options: projen's own rule that keeps test/ would drop it.
project.gitignore.addPatterns('/test/tools/*/bin/', '/test/e2e/programs/*/bin/');

// A registry's address in the lock file would tie a fresh clone to it.
new javascript.NpmConfig(project).addConfig('omit-lockfile-registry-resolved', 'true');

for (const folder of ['/.ci/', '/.snippets/', '/bench/', '/demo-output/', '/examples/', '/scripts/', '/trials/', '/.npmrc']) {
  project.addPackageIgnore(folder);
}

// jsii would have development on the floor of the peer ranges; `npm run test:lowest` looks after that.
project.compileTask.reset('jsii --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency');
// Node 20 is this project's floor; a banner about it would hide what the tasks say.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
// npm makes a command executable when it installs it; the wheel takes the file as it is.
project.compileTask.exec('chmod +x lib/cli/main.js');
project.testTask.prependSpawn(project.compileTask);

const tsNode = 'ts-node --project tsconfig.dev.json --transpile-only';
project.addTask('demo', {
  description: 'Render examples/nodezoo and publish it to Git repositories in demo-output/',
  steps: [{ spawn: project.compileTask.name }, { exec: `${tsNode} scripts/demo.ts` }],
});
project.addTask('bench', {
  description: 'Measure synth and publish against what a user would pick instead, and against the floor',
  steps: [{ spawn: project.compileTask.name }, { exec: `${tsNode} bench/main.ts`, receiveArgs: true }],
});
project.addTask('trials', {
  description: 'Publish many at once, kill it, and break what it works with: nothing may be lost',
  steps: [{ spawn: project.compileTask.name }, { exec: `${tsNode} trials/main.ts`, receiveArgs: true }],
});
project.addTask('e2e', {
  description: 'Publish to a real git server and watch real Flux controllers apply it',
  steps: [{ spawn: project.compileTask.name }, { exec: `${tsNode} test/e2e/main.ts`, receiveArgs: true }],
});
project.addTask('docs:check', {
  description: 'Compile the code in README.md and docs/',
  steps: [{ exec: `${tsNode} scripts/check-docs.ts` }],
});
project.addTask('schemas', {
  description: 'Take the schemas of Flux\'s kinds out of the Go modules of its controllers',
  steps: [{ exec: `${tsNode} scripts/schemas.ts` }],
});
project.addTask('docs:rules', {
  description: 'Write the list of rules into docs/rules.md',
  steps: [{ exec: `${tsNode} scripts/rules-table.ts` }],
});
project.addTask('test:lowest', {
  description: 'Run the tests once against the lowest versions of the peer ranges',
  steps: [{ exec: 'bash scripts/test-lowest.sh' }],
});

// Beside the code, not in it: node would read all of them, two thirds of what it loads, to start.
project.tsconfig!.file.patch(JsonPatch.replace('/compilerOptions/inlineSourceMap', false), JsonPatch.add('/compilerOptions/sourceMap', true));
// The end-to-end tests load an ECMAScript module, as node can from 20.19.
project.tsconfigDev.file.patch(JsonPatch.add('/compilerOptions/module', 'node20'), JsonPatch.add('/compilerOptions/moduleResolution', 'node16'));
project.tsconfigDev.file.patch(JsonPatch.replace('/include', ['src/**/*.ts', 'test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'trials/**/*.ts', 'scripts/**/*.ts', '.projenrc.ts']));

project.synth();
