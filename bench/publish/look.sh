#!/usr/bin/env bash
# The least that has to be read to know whether anything has changed: the remote's branches, the commits and folders that they
# are at, in the quickest way that git has, and what was rendered.
#
#   look.sh <repository> <folder with what was rendered> <folder for a repository>
set -euo pipefail
repository=$1 rendered=$2 clone=$3

git init --quiet --bare "$clone"
cd "$clone"
git ls-remote --heads "$repository" | cut -f1 | sort -u > tips
git fetch --quiet --depth=1 --filter=blob:none --no-tags --no-write-fetch-head --stdin "$repository" < tips
find "$rendered" -type f -print0 | xargs -0 sha256sum > digests
