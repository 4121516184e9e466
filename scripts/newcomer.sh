#!/usr/bin/env bash
# What a newcomer does, outside of the repository: installs the packed package, copies the app of the README as it stands, runs
# and publishes it, in TypeScript and in Python. Both, and the two nodezoo examples, must render the same bytes.
set -euo pipefail
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The first block of a language in the README.
block() { awk -v fence="\`\`\`$1" '$0 == fence { on = 1; next } /^```/ && on { exit } on' "$root/README.md"; }

# Publishes dist/ of the current folder with the given command, twice: the second time nothing may change.
publish() {
  git init --quiet --bare "$PWD/manifests.git"
  "$@" publish --remote "nodezoo-k8s-manifests=$PWD/manifests.git"
  git -C manifests.git for-each-ref refs/heads > before
  test "$(wc -l < before)" -eq 3
  "$@" publish --remote "nodezoo-k8s-manifests=$PWD/manifests.git"
  git -C manifests.git for-each-ref refs/heads | diff before -
}

cd "$root"
rm -rf dist/js dist/python
npx projen compile
npx projen package:js
npx projen package:python

echo "== TypeScript"
mkdir "$folder/typescript" && cd "$folder/typescript"
npm init -y > /dev/null
npm install --no-audit --no-fund "$root"/dist/js/*.tgz cdk8s constructs cdk8s-plus-27 typescript@5.9 @types/node@20 tsx
block ts > main.ts
npx tsc --strict --skipLibCheck --module node16 --moduleResolution node16 --target es2022 --noEmit main.ts
npx tsx main.ts
publish npx cdk8s-fluxcd

echo "== Python"
mkdir "$folder/python" && cd "$folder/python"
python3 -m venv .venv
.venv/bin/pip install --quiet "$root"/dist/python/*.whl
block python > main.py
.venv/bin/python main.py
publish .venv/bin/cdk8s-fluxcd
diff -r dist "$folder/typescript/dist"

echo "== the nodezoo example in both languages, both environments"
for environment in production staging; do
  export ENVIRONMENT=$environment
  (cd "$root/examples/nodezoo" && CDK8S_OUTDIR="$folder/$environment-ts" TS_NODE_PROJECT="$root/tsconfig.dev.json" npx ts-node --transpile-only main.ts)
  (cd "$root/examples/nodezoo-python" && CDK8S_OUTDIR="$folder/$environment-py" "$folder/python/.venv/bin/python" main.py)
  diff -r "$folder/$environment-ts" "$folder/$environment-py"
done
unset ENVIRONMENT
diff <(cd "$folder/production-ts" && find . -type f) <(cd "$folder/staging-ts" && find . -type f) > /dev/null && { echo "both environments render to one place"; exit 1; }
echo "same bytes in both languages"
