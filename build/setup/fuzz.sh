#!/usr/bin/env bash
#
# Runs every fuzz target of the project for a while: fuzz.sh TIME. What breaks
# one is left in its package's testdata and is a test from then on.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

grep -rn --include='*_test.go' -o '^func Fuzz[A-Za-z0-9_]*' . | sed 's/:[0-9]*:func / /' | sort |
  while read -r file target; do
    printf '\n==> %s of %s for %s\n' "$target" "$(dirname "$file")" "$1"
    go test "$(dirname "$file")" -run '^$' -fuzz "^$target\$" -fuzztime "$1" </dev/null
  done
