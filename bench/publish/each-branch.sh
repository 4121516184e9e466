#!/usr/bin/env bash
# The usual way to publish rendered manifests, as a team writes it into its CI job: in one clone, for each branch, check it
# out, replace its files, commit, push.
#
#   each-branch.sh <repository> <folder with a folder for each branch> <folder for the clone>
set -euo pipefail
repository=$1 rendered=$2 clone=$3

git clone --quiet "$repository" "$clone" 2>/dev/null
cd "$clone"
for folder in "$rendered"/*/; do
  branch=$(basename "$folder")
  if git rev-parse --quiet --verify "origin/$branch" >/dev/null; then
    git checkout --quiet -B "$branch" "origin/$branch"
  else
    git checkout --quiet --orphan "$branch"
  fi
  git rm -r --quiet --force --ignore-unmatch .
  cp -R "$folder". .
  git add --all
  if ! git diff --cached --quiet 2>/dev/null; then
    git commit --quiet --message "Render $branch"
    git push --quiet origin "$branch"
  fi
done
