#!/usr/bin/env bash
#
# Builds the programs again in another folder and compares them, byte by byte,
# with those that are there: twice.sh WINDOW-TAGS WINDOW-LDFLAGS COMMAND-TAGS COMMAND-LDFLAGS WINDOW COMMAND

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tags=$1 ldflags=$2 command_tags=$3 command_ldflags=$4 window=$5 command=$6

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
cp -R ./*.go go.mod go.sum backend cmd "$elsewhere"
mkdir "$elsewhere/frontend"
(cd frontend && npx --no-install vite build --logLevel warn --emptyOutDir --outDir "$elsewhere/frontend/dist")
touch "$elsewhere/frontend/dist/.gitkeep"

diff -r frontend/dist "$elsewhere/frontend/dist"
cgo=$(go version -m "$command" | sed -n 's/.*CGO_ENABLED=//p')
(
  cd "$elsewhere"
  # Everything anew: a cache would only show what is in it.
  go build -a -trimpath -buildvcs=false -tags "$tags" -ldflags "$ldflags" -o window .
  CGO_ENABLED=$cgo go build -a -trimpath -buildvcs=false -tags "$command_tags" -ldflags "$command_ldflags" -o command ./cmd/kontent
)
cmp "$window" "$elsewhere/window"
cmp "$command" "$elsewhere/command"
echo "twice: the page, $window and $command came out the same in another folder"
