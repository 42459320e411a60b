#!/bin/sh
# Brings up what is in this folder now, one signaling server after the other, so that people always have one to go to. Compose's own `up` would exchange
# both at once.
set -eu
cd "$(dirname "$0")/.."
docker compose build
docker compose up -d redis
for server in $(docker compose config --services | grep '^signaling-' | sort); do
  docker compose up -d --no-deps --wait "$server"
done
docker compose up -d --wait
