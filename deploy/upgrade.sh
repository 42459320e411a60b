#!/bin/sh
# Fetches what the programs here stand on, and brings up what is in this folder now, one signaling server after the other, so that people always have one
# to go to. Compose's own `up` would exchange both at once, and older versions Redis and coturn with them, because `prepare` is new.
set -eu
cd "$(dirname "$0")/.."

# What the others were started with; `prepare` may write it anew.
settings_of() {
  docker compose exec -T "$1" sh -c 'cksum /settings/*' 2>/dev/null || true
}

others=$(docker compose config --services | grep -E '^(redis|coturn|haproxy)$')
docker compose pull --ignore-buildable || echo 'Newer images could not be fetched; going on with those that are here.'
docker compose build --pull || docker compose build
for other in $others; do eval "$other=\$(settings_of $other)"; done
docker compose up -d prepare
for server in $(docker compose config --services | grep '^signaling-' | sort); do
  docker compose up -d --wait "$server"
done
docker compose up -d --wait
for other in $others; do
  eval "before=\$$other"
  [ "$before" = "$(settings_of "$other")" ] || docker compose restart "$other"
done
# What has been exchanged is needed no more, and would fill the disk one upgrade after another.
docker image prune --force --filter label=com.docker.compose.project=confab >/dev/null
