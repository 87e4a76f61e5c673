#!/usr/bin/env bash
# Serves a fresh database for the tests: start.sh PORT fixtures|invented|nothing|guarded|public. Playwright starts and stops it.
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
elif [[ $DATA != nothing ]]; then
  # Those that others refer to first.
  for kind in agencies fields case-files petitions dialogues dialogue-issues surveys; do
    $BINARY import $kind fixtures/$kind.csv --all-or-nothing
  done
fi
if [[ $DATA = guarded ]]; then
  # Somebody of each role; from then on nobody unknown is let in. The password is that of product.ts.
  let_in() { printf 'sông Hồng mùa nước nổi\n' | $BINARY user add "$@" --password-stdin; }
  let_in quan-tri --role admin --full-name 'Lê Thị Quản Trị'
  let_in lanh-dao --role leader --full-name 'Trần Văn Lãnh Đạo'
  let_in tong-hop --role analyst --full-name 'Nguyễn Thị Tổng Hợp'
  let_in quan-1 --role analyst --full-name 'Phạm Văn Quận' --agency Q1
fi
if [[ $DATA = public ]]; then
  # While nobody has an account this machine's own visitors are let in as whoever sits at it.
  printf 'sông Hồng mùa nước nổi\n' | $BINARY user add quan-tri --role admin --password-stdin
  exec $BINARY serve --listen "127.0.0.1:$PORT" --visitors --visitors-see-real-data
fi
exec $BINARY serve --listen "127.0.0.1:$PORT"
