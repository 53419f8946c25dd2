# The page's packages, exactly as the lock file has them. npm writes its own copy
# of the lock file as the last thing it does, which makes that copy the mark of
# an installation that went through.

install_frontend() {
  local lock=frontend/package-lock.json mark=frontend/node_modules/.package-lock.json
  [ -f "$lock" ] || return 0
  if [ -f "$mark" ] && [ ! "$lock" -nt "$mark" ]; then return 0; fi
  say "installing the page's packages with npm"
  # Not npm ci: it refuses a lock file without the optional packages of other
  # systems, and a lock file has those that could be had where it was written.
  # Versions are exact in package.json, and --no-save leaves both files alone.
  (cd frontend && npm install --no-save --no-audit --no-fund --loglevel=error </dev/null)
  touch "$mark"
}
