#!/usr/bin/env bash
# The packed package holds the compiled library, its jsii assembly, the documents and the bundled libraries: nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
stray=$(npm pack --dry-run --json 2> /dev/null | node -e '
  const [{ files }] = JSON.parse(require("fs").readFileSync(0, "utf8"));
  const expected = [/^lib\/.*\.(js|js\.map|d\.ts|json)$/, /^(\.jsii|API\.md|LICENSE|README\.md|package\.json)$/, /^docs\/[\w-]+\.md$/, /^node_modules\//];
  console.log(files.map(({ path }) => path).filter((path) => !expected.some((pattern) => pattern.test(path))).join("\n"));
')
if [ -n "$stray" ]; then
  echo "not for a user:"
  echo "$stray"
  exit 1
fi
# Node reads all of a file that it loads.
if grep -rlq 'sourceMappingURL=data' lib; then
  echo 'source maps stand in the code, not beside it'
  exit 1
fi
npm pack --dry-run --json 2> /dev/null | node -e '
  const [{ entryCount, unpackedSize, bundled }] = JSON.parse(require("fs").readFileSync(0, "utf8"));
  console.log(`${entryCount} files, ${Math.round(unpackedSize / 1024)} KiB unpacked; bundled: ${bundled.join(", ")}`);
'
