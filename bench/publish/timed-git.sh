#!/usr/bin/env bash
# Stands before the real git on the PATH and notes how long each call takes: BENCH_GIT is the real one, BENCH_GIT_LOG the notes.
start=$EPOCHREALTIME
"$BENCH_GIT" "$@"
code=$?
subcommand=$1
while [[ $subcommand == -* ]]; do
  # Options before the subcommand; -c and -C have a value of their own.
  [[ $subcommand == -[cC] ]] && shift
  shift
  subcommand=${1:-}
done
echo "$subcommand $start $EPOCHREALTIME" >> "$BENCH_GIT_LOG"
exit $code
