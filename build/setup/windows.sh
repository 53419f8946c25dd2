# Windows needs nothing to build: no part uses cgo there. To run, the window
# needs WebView2, which Windows 11 has and the window offers to install.

packages() { :; }

is_installed() { :; }

provide() { :; }
