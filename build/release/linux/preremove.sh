#!/bin/sh
# Before the program goes for good, its agents end: they would go on watching,
# from a file that is there no more. An upgrade leaves them, and so does the
# other package that takes the place of this one; a window of the new version
# asks an agent that it does not understand to make room.
set -e
case "$1 $2" in
  "remove in-favour") exit 0 ;;
  "remove "* | "0 "*) ;; # Debian's word, and how many are left on Fedora
  *) exit 0 ;;
esac
for process in /proc/[0-9]*; do
  case "$(readlink "$process/exe" 2>/dev/null)" in
    # The second, where it was upgraded meanwhile.
    /usr/bin/kontent | "/usr/bin/kontent (deleted)") kill -TERM "${process#/proc/}" 2>/dev/null || true ;;
  esac
done
