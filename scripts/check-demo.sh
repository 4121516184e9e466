#!/usr/bin/env bash
# Runs the demo in a clean state and again, and lets kustomize build what it published.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
GOBIN="$work/bin" go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1

heads() { for repository in demo-output/*.git; do git -C "$repository" for-each-ref refs/heads; done; }

rm -rf demo-output
npm run --silent demo
heads > "$work/first"
npm run --silent demo | tee "$work/second-run"
heads | diff "$work/first" -
grep -q 'othing changed\|othing to do' "$work/second-run"

test "$(git -C demo-output/nodezoo-k8s-manifests.git for-each-ref refs/heads | wc -l)" -eq 3
for branch in $(git -C demo-output/nodezoo-k8s-manifests.git for-each-ref --format='%(refname:short)' refs/heads); do
  mkdir -p "$work/$branch"
  git -C demo-output/nodezoo-k8s-manifests.git archive "$branch" | tar -x -C "$work/$branch"
  "$work/bin/kustomize" build "$work/$branch" > "$work/built.yaml"
  test "$(grep -c '^kind: ' "$work/built.yaml")" -eq 2
  # kustomization.yaml lists the files of the branch, and no more.
  diff <(sed -n 's/^ *- //p' "$work/$branch/kustomization.yaml" | sort) \
       <(cd "$work/$branch" && find . -name '*.yaml' ! -name kustomization.yaml | sed 's|^\./||' | sort)
done
mkdir "$work/config"
git -C demo-output/flux-config.git archive main | tar -x -C "$work/config"
"$work/bin/kustomize" build "$work/config/apps/production/nodezoo" > "$work/built.yaml"
test "$(grep -c '^kind: ' "$work/built.yaml")" -eq 7
echo "kustomize builds every branch and the app's directory"
