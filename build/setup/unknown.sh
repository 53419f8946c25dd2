# A system nobody has described yet. The pieces are known by what they do, so
# that is what is looked for and named; how to install them is not ours to guess.

packages() {
  case $1 in
    build) echo cc pkg-config gtk+-3.0.pc webkit2gtk-4.1.pc ;;
    display) echo Xvfb xauth dbus-daemon openbox xprop xdg-open import ;;
    keyring) echo gnome-keyring-daemon secret-tool ;;
    a11y) echo at-spi-bus-launcher ;;
    shell) echo xfce4-notifyd xfce4-panel xdotool xclip \
      gsettings dconf-service ;;
    webdriver) echo WebKitWebDriver ;;
    packages) echo desktop-file-validate appstreamcli ;;
    installer) echo makensis ;;
    browser) echo chromium chromedriver ;;
  esac
}

is_installed() {
  case $1 in
    *.pc) pkg-config --exists "${1%.pc}" 2>/dev/null ;;
    at-spi-bus-launcher) [ -x /usr/libexec/$1 ] || [ -x /usr/lib/at-spi2-core/$1 ] || has "$1" ;;
    xfce4-notifyd) [ -e /usr/share/dbus-1/services/org.xfce.$1.Notifications.service ] ;;
    dconf-service) [ -e /usr/share/dbus-1/services/ca.desrt.dconf.service ] ;;
    *) has "$1" ;;
  esac
}

provide() { fail "please install whatever provides: $*"; }
