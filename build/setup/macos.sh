# macOS has the screen, the keychain and the web view. A compiler is all it
# lacks, and the whole journey with its virtual desktop runs on Linux only.

packages() {
  case $1 in
    build) echo command-line-tools ;;
  esac
}

is_installed() { xcode-select -p >/dev/null 2>&1; }

provide() { fail "please run: xcode-select --install"; }
