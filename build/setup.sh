#!/usr/bin/env bash
#
# Puts on this machine what building, running and testing need, and says what
# it does and why. The second time there is nothing to do, and it takes no time.
#
#   build/setup.sh [GROUP...]        (default: every group)
#
#   build       compiler and web view headers, to build the window
#   display     a virtual screen, for machines that have none
#   keyring     a Secret Service, where tokens are kept
#   a11y        the accessibility bus, to check what a screen reader is told
#   shell       notifications, a tray, a mouse, a clipboard and GNOME's settings, for
#               the virtual screen
#   webdriver   the driver of the window's web view
#   browser     a browser to sign in with, and its driver
#   packages    to check what packages say to a desktop
#   installer   the maker of the Windows installer; not by default, only "make release" needs it
#   cleanroom   the maker of a clean Debian; not by default, only "make test-clean-debian" needs it
#
# Only apt systems are installed upon. Everywhere else the missing pieces are
# named together with the command that brings them, for whoever owns the machine
# to run. Written for bash 3.2, which is what macOS has.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

all_groups="build display keyring a11y shell webdriver browser packages"

purpose() {
  case $1 in
    build) echo "to build the window" ;;
    display) echo "to run the window without a screen" ;;
    keyring) echo "to keep tokens in a real keyring while testing" ;;
    a11y) echo "to check what a screen reader is told" ;;
    shell) echo "to see notifications, the tray and the clipboard in tests, and click on them" ;;
    webdriver) echo "to drive the window in tests" ;;
    browser) echo "to sign in, in tests, through a real browser" ;;
    packages) echo "to check what packages say to a desktop" ;;
    installer) echo "to make the Windows installer" ;;
    cleanroom) echo "to make a clean Debian for the packages" ;;
    *) fail "unknown group '$1' (there are: $all_groups installer cleanroom)" ;;
  esac
}

# Each system's file defines: packages GROUP, is_installed PACKAGE, and
# provide PACKAGE..., which installs or explains.
case "$(uname -s)" in
  Linux)
    if has apt-get; then . build/setup/apt.sh
    elif has dnf; then . build/setup/dnf.sh
    elif has pacman; then . build/setup/pacman.sh
    else . build/setup/unknown.sh
    fi ;;
  Darwin) . build/setup/macos.sh ;;
  MINGW* | MSYS* | CYGWIN*) . build/setup/windows.sh ;;
  *) . build/setup/unknown.sh ;;
esac
. build/setup/toolchain.sh
. build/setup/frontend.sh

groups=${*:-$all_groups}
missing=""
for group in $groups; do
  why=$(purpose "$group")
  absent=""
  for package in $(packages "$group"); do
    is_installed "$package" || absent="$absent $package"
  done
  [ -z "$absent" ] && continue
  say "needed $why:${absent//|/ or }"
  missing="$missing$absent"
done
# shellcheck disable=SC2086  # package names hold no blanks; one word each is meant
[ -z "$missing" ] || provide $missing

check_toolchain
install_frontend
