# shellcheck shell=bash
# Read by deploy/release and deploy/rollback: one container after the other, so that somebody always answers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# For one that starts; a page of the old release is answered meanwhile.
PATIENCE_SECONDS=${PATIENCE_SECONDS:-90}

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }

image_id() { docker image inspect --format '{{.Id}}' "$1" 2>/dev/null || true; }

# The front page from inside a container, asked for as the proxy would: it needs the code, the templates and the database.
answers() {
  docker exec "$1" python -c 'import os, urllib.request as u
u.urlopen(u.Request("http://127.0.0.1:8000/nb/", headers={"Host": os.environ["SITE_URL"].split("://")[1], "X-Forwarded-Proto": "https"}), timeout=5)' \
    >/dev/null 2>&1
}

# Start a second container of a service from the image of now, and end the first once the second has shown a page. If it
# shows none, it is the second that goes.
exchange() {
  local service=$1 old new deadline
  old=$(docker compose ps --quiet "$service")
  docker compose up --detach --no-deps --no-recreate --scale "$service=$(($(wc -w <<<"$old") + 1))" "$service" 2>/dev/null ||
    return 1
  new=$(docker compose ps --quiet "$service" | grep --invert-match --line-regexp --fixed-strings "${old:-none}")
  deadline=$((SECONDS + PATIENCE_SECONDS))
  until answers "$new"; do
    if ((SECONDS > deadline)); then
      docker logs --tail 20 "$new" >&2
      docker rm --force "$new" >/dev/null
      say "The new $service shows no page, so the one before goes on. Nothing is lost; see the log above." >&2
      return 1
    fi
    sleep .3
  done
  for container in $old; do
    docker stop "$container" >/dev/null
    docker rm "$container" >/dev/null
  done
  say "$service: exchanged"
}

# Jobs wait while the worker is exchanged. It comes first, since it knows the old jobs too, and the new pages queue new ones.
exchange_all() {
  docker compose up --detach --no-deps worker 2>/dev/null && say "worker: exchanged" && exchange live && exchange web
}

# Exchange all, or put back this image where one of them shows no page.
exchange_or_put_back() {
  exchange_all && return
  [ -z "$1" ] || { docker tag "$1" otg-site && exchange_all; }
  return 1
}
