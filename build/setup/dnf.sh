# Fedora and its kin: the missing packages are named, not installed.

packages() {
  case $1 in
    build) echo gcc pkgconf-pkg-config gtk3-devel webkit2gtk4.1-devel ;;
    display) echo xorg-x11-server-Xvfb xauth dbus-daemon openbox xprop xdg-utils ImageMagick \
      rsms-inter-fonts google-noto-sans-fonts google-noto-color-emoji-fonts ;;
    keyring) echo gnome-keyring libsecret ;;
    a11y) echo at-spi2-core ;;
    shell) echo xfce4-notifyd xfce4-panel xdotool xclip \
      glib2 dconf gsettings-desktop-schemas ;;
    webdriver) echo webkitgtk6.0 ;; # where Fedora keeps WebKitWebDriver
    packages) echo desktop-file-utils appstream ;;
    installer) echo mingw32-nsis ;;
    browser) echo chromium chromedriver ;;
  esac
}

is_installed() { rpm -q --quiet "$1"; }

provide() { fail "please run: sudo dnf install $*"; }
