#!/usr/bin/env bash
# Compiles and tests a copy of the project against the lowest versions of the peer ranges in package.json.
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
npx jest --ci "$@" || status=$?
mkdir -p "$root/test-reports"
cp test-reports/junit.xml "$root/test-reports/junit-lowest.xml"
exit $status
