/** Where connections to port 443 go: those that ask for `turnDomain` to the relay over TLS, all others to Caddy. */
export type SniRouting = { turnDomain: string; relay: { address: string; port: number } };

/** HAProxy's settings. It decrypts nothing: name and protocol stand in the open at the beginning of TLS (RFC 6066 §3, RFC 7301). */
export function haproxyConfiguration({ turnDomain, relay }: SniRouting): string {
  return `global
  maxconn 4000
  log stdout format raw local0 warning

defaults
  mode tcp
  log global
  timeout connect 5s
  # Both sides of a meeting's WebSocket, and of a relayed link, are heard every few seconds.
  timeout client 2m
  timeout server 2m
  timeout client-fin 10s
  timeout server-fin 10s

# Caddy comes back at another address when it is exchanged.
resolvers docker
  nameserver docker 127.0.0.11:53
  hold valid 2s

frontend port-443
  bind :443
  # Whoever does not begin TLS in time is let go.
  tcp-request inspect-delay 5s
  tcp-request content accept if { req.ssl_hello_type 1 }
  tcp-request content reject
  # Let's Encrypt asks here too whether the name is Caddy's (RFC 8737).
  use_backend relay if { req.ssl_sni -i ${turnDomain} } !{ req.ssl_alpn acme-tls/1 }
  default_backend caddy

backend caddy
  server caddy caddy:443 send-proxy-v2 resolvers docker init-addr last,libc,none

backend relay
  server relay ${relay.address}:${relay.port}
`;
}
