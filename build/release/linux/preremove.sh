#!/bin/sh
# Before the program goes for good, its agents end: they would go on watching,
# from a file that is there no more. An upgrade leaves them; a window of the new
# version asks an agent that it does not understand to make room.
set -e
case "$1" in
  remove | purge | 0) ;; # Debian's words, and how many are left on Fedora
  *) exit 0 ;;
esac
for process in /proc/[0-9]*; do
  if [ "$(readlink "$process/exe" 2>/dev/null)" = /usr/bin/kontent ]; then
    kill -TERM "${process#/proc/}" 2>/dev/null || true
  fi
done
