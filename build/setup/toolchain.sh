# The languages' own tools are not installed for anybody: which version stands
# where is for the owner of the machine to choose. They are checked, in one go,
# so that nobody has to come back three times.

check_toolchain() {
  local wrong=0
  require go 1.26 "go version" "Go 1.26 or newer: https://go.dev/dl" || wrong=1
  require node 20.19 "node --version" "Node.js 20.19 or newer: https://nodejs.org" || wrong=1
  require npm 10 "npm --version" "npm 10 or newer; it comes with Node.js" || wrong=1
  require make 3.81 "make --version" "make" || wrong=1
  [ $wrong = 0 ] || fail "the tools above are needed; everything else is in place"
}

# require NAME VERSION COMMAND HINT
require() {
  local found
  if ! has "$1"; then
    say "not found: $1. Please install $4"
    return 1
  fi
  # The whole output first: a reader that stops early would break the pipe.
  found=$($3 2>/dev/null)
  if [[ ! $found =~ [0-9]+(\.[0-9]+)+ ]]; then
    say "cannot tell the version of $1 from '$3'"
    return 1
  fi
  at_least "${BASH_REMATCH[0]}" "$2" && return
  say "$1 is ${BASH_REMATCH[0]}. Please install $4"
  return 1
}

# at_least HAVE WANT compares the first two numbers of dotted versions.
at_least() {
  local have_major have_minor want_major want_minor rest
  IFS=. read -r have_major have_minor rest <<<"$1.0"
  IFS=. read -r want_major want_minor rest <<<"$2.0"
  [ "$have_major" -gt "$want_major" ] ||
    { [ "$have_major" -eq "$want_major" ] && [ "$have_minor" -ge "$want_minor" ]; }
}
