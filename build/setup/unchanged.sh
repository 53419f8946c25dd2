#!/usr/bin/env bash
#
# Runs a generator and fails when what it writes differs from what is there.
#
#   unchanged.sh FOLDER COMMAND...
#
# Compared with a copy, not with git: whoever generated and has not committed
# yet is up to date too.

set -euo pipefail
folder=$1
shift

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp -R "$folder/." "$before"
"$@"
diff -ru "$before" "$folder" || {
  echo "$folder was not up to date. It is now; please commit it." >&2
  exit 1
}
