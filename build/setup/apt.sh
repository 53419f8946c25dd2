# Debian, Ubuntu and their kin: the one family that is installed upon.

# "a|b" reads: a, or b where the distribution has no a. Not dbus-x11: with it
# installed, every program that finds no session bus leaves a bus daemon behind.
packages() {
  case $1 in
    build) echo gcc libc6-dev pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev ;;
    display) echo xvfb xauth dbus openbox x11-utils xdg-utils imagemagick \
      fonts-inter fonts-noto-core fonts-noto-color-emoji ;;
    keyring) echo gnome-keyring libsecret-tools ;;
    a11y) echo at-spi2-core ;;
    shell) echo xfce4-notifyd xfce4-panel xdotool xclip \
      libglib2.0-bin dconf-gsettings-backend gsettings-desktop-schemas ;;
    webdriver) echo webkit2gtk-driver ;;
    packages) echo desktop-file-utils appstream ;;
    installer) echo nsis ;;
    cleanroom) echo mmdebstrap debian-archive-keyring ;;
    browser) echo "chromium|chromium-browser" "chromium-driver|chromium-chromedriver" ;;
  esac
}

is_installed() {
  local name
  for name in ${1//|/ }; do
    case $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) in
      installed) return 0 ;;
    esac
  done
  return 1
}

provide() {
  local root="" package names=()
  if [ "$(id -u)" != 0 ]; then
    has sudo || fail "run as root, or install sudo, or ask for these packages: $*"
    root=sudo
  fi
  say "installing them with apt-get${root:+ (through sudo)}"
  $root apt-get update -qq
  for package in "$@"; do
    names+=("$(available "$package")")
  done
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
    --no-install-recommends "${names[@]}" </dev/null >/dev/null
}

# available prints the first of the alternatives that can be installed here.
available() {
  local name
  for name in ${1//|/ }; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      echo "$name"
      return
    fi
  done
  echo "${1%%|*}" # apt-get will say that it does not know it
}
