# The page's packages, exactly as the lock file has them. npm writes its own copy
# of the lock file as the last thing it does, which makes that copy the mark of
# an installation that went through.

install_frontend() {
  local lock=frontend/package-lock.json mark=frontend/node_modules/.package-lock.json
  [ -f "$lock" ] || return 0
  if [ -f "$mark" ] && [ ! "$lock" -nt "$mark" ]; then return 0; fi
  say "installing the page's packages with npm ci"
  (cd frontend && npm ci --no-audit --no-fund --loglevel=error </dev/null)
  touch "$mark"
}
