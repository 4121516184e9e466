#!/usr/bin/env bash
# Compiles a copy of the project against the lowest versions of the peer ranges in package.json, and runs all tests that load a peer, the one of
# them that starts apps included. The command loads none (a lint rule sees to that): its tests could not tell one version from another.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cd "$root"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
  if [ -e "$file" ]; then printf '%s\0' "$file"; fi
done | xargs -0 cp --parents -t "$copy"
cp -al node_modules "$copy/node_modules" # links: npm replaces what it changes and leaves the original alone
cd "$copy"
lowest=$(node -p 'Object.entries(require("./package.json").peerDependencies).map(([name, range]) => name + "@" + range.replace(/^[\^~]/, "")).join(" ")')
echo "testing against $lowest"
# shellcheck disable=SC2086
npm install --no-save --no-audit --no-fund --ignore-scripts $lowest
npx projen compile
status=0
{ grep -rlE "from '(cdk8s|cdk8s-plus-27|constructs)'" src test; echo test/app/determinism.test.ts; } | xargs npx jest --ci --findRelatedTests || status=$?
mkdir -p "$root/test-reports"
cp test-reports/junit.xml "$root/test-reports/junit-lowest.xml"
exit $status
