# Arch and its kin: the missing packages are named, not installed.

packages() {
  case $1 in
    build) echo gcc pkgconf gtk3 webkit2gtk-4.1 ;;
    display) echo xorg-server-xvfb xorg-xauth dbus openbox xorg-xprop xdg-utils imagemagick \
      inter-font noto-fonts noto-fonts-emoji ;;
    keyring) echo gnome-keyring libsecret ;;
    a11y) echo at-spi2-core ;;
    shell) echo xfce4-notifyd xfce4-panel xdotool xclip \
      glib2 dconf gsettings-desktop-schemas ;;
    webdriver) echo webkitgtk-6.0 ;; # where Arch keeps WebKitWebDriver
    packages) echo desktop-file-utils appstream ;;
    installer) echo nsis ;;
    browser) echo chromium ;;        # brings its driver
  esac
}

is_installed() { pacman -Qq "$1" >/dev/null 2>&1; }

provide() { fail "please run: sudo pacman -S --needed $*"; }
