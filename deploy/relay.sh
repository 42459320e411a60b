#!/bin/sh
# Runs coturn and hands it the certificate that Caddy has, also every new one. Without one yet, coturn serves UDP and TCP; the first one starts it anew.
set -u
: "${DOMAIN:?}"
configuration=/settings/turnserver.conf
lasting=/run/certificate
mkdir -p "$lasting" /run/relay

# Takes Caddy's newest certificate for DOMAIN, whoever signed it; succeeds when it is another one than before.
take_certificate() {
  newest=$(ls -t /certificates/*/"$DOMAIN"/"$DOMAIN".crt 2>/dev/null | head -n 1)
  key="${newest%.crt}.key"
  [ -n "$newest" ] && [ -s "$key" ] || return 1
  # Both: Caddy writes one after the other, and this may have come in between.
  cmp -s "$newest" "$lasting/relay.crt" && cmp -s "$key" "$lasting/relay.key" && return 1
  cp "$key" "$lasting/relay.key" && cp "$newest" "$lasting/relay.crt"
}

start() {
  turnserver -c "$configuration" &
  relay=$!
}

stop() {
  kill -TERM "$relay" 2>/dev/null
  wait "$relay"
}

trap 'stop; exit 0' TERM INT
take_certificate
had_certificate=$([ -s "$lasting/relay.crt" ] && echo yes || echo no)
start
while kill -0 "$relay" 2>/dev/null; do
  # A signal interrupts `wait`, not `sleep`.
  sleep 5 &
  wait $!
  take_certificate || continue
  if [ "$had_certificate" = yes ]; then
    kill -USR2 "$relay"
  else
    stop
    start
    had_certificate=yes
  fi
done
wait "$relay"
