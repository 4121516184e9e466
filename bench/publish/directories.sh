#!/usr/bin/env bash
# The usual way to publish rendered manifests to directories of one branch: check out, copy, commit, push.
#
#   directories.sh <repository> <folder with a folder for the branch> <folder for the clone>
set -euo pipefail
repository=$1 rendered=$2 clone=$3

git clone --quiet "$repository" "$clone" 2>/dev/null
cp -R "$rendered"/main/. "$clone"
cd "$clone"
git add --all
git commit --quiet --message "Render"
git push --quiet origin HEAD:main
