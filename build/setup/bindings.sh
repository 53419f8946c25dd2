#!/usr/bin/env bash
#
# Writes frontend/wailsjs, which tells the page what it may call: Wails runs the
# program for that and asks it. With --check it fails when that changed anything.
# "Changed" is against what is there and not against git: whoever generated and
# has not committed yet is up to date too.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bindings=frontend/wailsjs

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp -R "$bindings/." "$before"

# Nothing is shown, but the program does not start without the name of a screen.
DISPLAY=${DISPLAY:-none} go tool -modfile=tools/wails/go.mod wails generate module >"$before.log" 2>&1 || {
  cat "$before.log" >&2
  exit 1
}
rm "$before.log"

# Wails writes enumerations in an order of chance. A file with the same lines in
# another order is put back as it was.
(cd "$before" && find . -type f) | while read -r file; do
  if diff -q <(sort "$before/$file") <(sort "$bindings/$file") >/dev/null 2>&1; then
    cp "$before/$file" "$bindings/$file"
  fi
done

if [ "${1:-}" = --check ] && ! diff -ru "$before" "$bindings"; then
  echo "$bindings was not up to date. It is now; please commit it." >&2
  exit 1
fi
