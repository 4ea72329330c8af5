# shellcheck shell=bash
# Read by deploy/backup, deploy/restore and deploy/check-backup: where backups are, and the way to the database, the
# pictures and the site. With Compose all of them are in containers; PLAIN=1 means programs of this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
umask 077

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
stop() { say "$*" >&2; exit 1; }

# A variable of the environment, or of .env, or what stands here.
setting() {
  local value=${!1-}
  [ -n "$value" ] || { [ ! -f .env ] || value=$(sed -n "s/^$1=//p" .env | tail -n 1); }
  printf %s "${value:-${2-}}"
}

# shellcheck disable=SC2034 # all of them are read by who reads this file
{
  TO=$(setting BACKUP_TO)
  KEY=$(setting BACKUP_KEY)
  SECRET_FILE=$(setting BACKUP_SECRET_FILE)
  DAYS=$(setting BACKUP_DAYS 7)
  WEEKS=$(setting BACKUP_WEEKS 8)
}

# The database, the pictures, the site

if [ -n "${PLAIN-}" ]; then
  DATABASE_URL=$(setting DATABASE_URL)
  bare=${DATABASE_URL%%\?*}
  DATABASE=${bare##*/}
  # The address of another database on the same server.
  url_of() { printf %s "${bare%/*}/$1${DATABASE_URL#"$bare"}"; }
  dump() { pg_dump --format custom --no-owner "$DATABASE_URL"; }
  load() { pg_restore --no-owner --exit-on-error --dbname "$(url_of "$1")"; }
  query() { psql --no-psqlrc --quiet --tuples-only --no-align --dbname "$(url_of "$1")" --command "$2"; }
  site() { "${PYTHON:-.venv/bin/python}" manage.py "$@"; }
else
  # shellcheck disable=SC2034
  DATABASE=otg
  in_db() { docker compose exec -T db "$@"; }
  dump() { in_db pg_dump --username otg --format custom --no-owner otg; }
  load() { in_db pg_restore --username otg --no-owner --exit-on-error --dbname "$1"; }
  query() { in_db psql --username otg --no-psqlrc --quiet --tuples-only --no-align --dbname "$1" --command "$2"; }
  site() { docker compose run --rm --no-deps -T web python manage.py "$@"; }
fi

# Encryption with age (https://age-encryption.org): the server has the key that closes, and not the one that opens.

seal() { if [ -n "$KEY" ]; then age --encrypt --recipient "$KEY"; else cat; fi; }
sealed_name() { printf %s "$1${KEY:+.age}"; }
# What is in a file of a backup, by its name without ".age".
opened() {
  if [ -f "$1" ]; then cat "$1"; return; fi
  [ -f "$1.age" ] || return 1
  [ -n "$SECRET_FILE" ] || stop "The backup is encrypted. Set BACKUP_SECRET_FILE to the file with the secret key."
  age --decrypt --identity "$SECRET_FILE" "$1.age"
}

# A folder of this machine, or whatever rclone reaches: s3:bucket/chapter

is_remote() { case "$1" in /* | ./* | ../*) false ;; *:*) true ;; *) false ;; esac }
put() { # FOLDER NAME: under that name only once it is whole
  if is_remote "$TO"; then rclone copy "$1" "$TO/$2"; else mkdir -p "$TO" && mv "$1" "$TO/$2"; fi
}
put_file() { # FILE NAME
  if is_remote "$TO"; then rclone copyto "$1" "$TO/$2"; else mkdir -p "$TO" && mv -f "$1" "$TO/$2"; fi
}
fetch() { # NAME FOLDER: a backup, or the list beside them
  if is_remote "$TO"; then rclone copy "$TO" "$2" --include "/$1/**" --include "/$1*"; else cp -R "$TO/$1"* "$2/"; fi
}
names() { # of the backups, the newest first
  { if is_remote "$TO"; then rclone lsf --dirs-only "$TO" | tr -d /; else ls "$TO" 2>/dev/null || true; fi; } |
    { grep -E '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{6}Z$' || true; } | sort -r
}
drop() { if is_remote "$TO"; then rclone purge "$TO/$1"; else rm -rf "${TO:?}/$1"; fi; }

# shellcheck disable=SC2034
scratch() { SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/backup.XXXXXX"); }
