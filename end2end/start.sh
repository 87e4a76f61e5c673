#!/usr/bin/env bash
# Serves a fresh database for the tests: start.sh PORT fixtures|invented|nothing. Playwright starts and stops it.
set -euo pipefail
cd "$(dirname "$0")"

PORT=$1 DATA=$2
BINARY=../target/debug/thuocdo
FOLDER=../target/end2end/$PORT

rm -rf "$FOLDER"
mkdir -p "$FOLDER"
export DATABASE_URL=sqlite://$FOLDER/thuocdo.db THUOCDO_TODAY=2024-01-15 THUOCDO_UPLOADS=$FOLDER/uploads

if [[ $DATA = invented ]]; then
  $BINARY demo --rows 3000
elif [[ $DATA = fixtures ]]; then
  # Those that others refer to first.
  for kind in agencies fields case-files petitions dialogues dialogue-issues surveys; do
    $BINARY import $kind fixtures/$kind.csv --all-or-nothing
  done
fi
exec $BINARY serve --listen "127.0.0.1:$PORT"
