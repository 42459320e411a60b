/** A network whose addresses no relay may speak to, and why. */
export type DeniedNetwork = { network: string; reason: string };

/**
 * Every range of the IANA special-purpose registries (RFC 6890) on both families, and every way to write an IPv4 address in IPv6: what is left are
 * addresses on the public Internet. The probe takes its targets from here.
 */
export const deniedNetworks: readonly DeniedNetwork[] = [
  { network: '0.0.0.0/8', reason: '“this network”; 0.0.0.0 reaches the machine itself' },
  { network: '10.0.0.0/8', reason: 'private (RFC 1918)' },
  { network: '100.64.0.0/10', reason: 'behind a carrier’s NAT (RFC 6598)' },
  { network: '127.0.0.0/8', reason: 'loopback' },
  { network: '169.254.0.0/16', reason: 'link-local, and the clouds’ metadata service' },
  { network: '172.16.0.0/12', reason: 'private (RFC 1918), and Docker’s networks' },
  { network: '192.0.0.0/24', reason: 'protocol assignments (RFC 6890)' },
  { network: '192.0.2.0/24', reason: 'documentation' },
  { network: '192.88.99.0/24', reason: '6to4 relays (RFC 7526)' },
  { network: '192.168.0.0/16', reason: 'private (RFC 1918)' },
  { network: '198.18.0.0/15', reason: 'benchmarks (RFC 2544)' },
  { network: '198.51.100.0/24', reason: 'documentation' },
  { network: '203.0.113.0/24', reason: 'documentation' },
  { network: '224.0.0.0/4', reason: 'multicast' },
  { network: '240.0.0.0/4', reason: 'reserved, and broadcast' },
  {
    network: '::/96',
    reason: '“unspecified”, loopback and IPv4-compatible: :: and ::1 reach the machine',
  },
  {
    network: '::ffff:0.0.0.0/96',
    reason: 'IPv4-mapped: the way around every IPv4 range (CVE-2026-27624)',
  },
  { network: '::ffff:0:0:0/96', reason: 'IPv4-translated (RFC 2765)' },
  { network: '64:ff9b::/96', reason: 'NAT64 (RFC 6052): IPv4 once more' },
  { network: '64:ff9b:1::/48', reason: 'NAT64 within a network (RFC 8215)' },
  { network: '100::/64', reason: 'discard (RFC 6666)' },
  { network: '2001::/23', reason: 'protocol assignments, Teredo among them' },
  { network: '2001:db8::/32', reason: 'documentation' },
  { network: '2002::/16', reason: '6to4 (RFC 3056): IPv4 once more' },
  { network: '3fff::/20', reason: 'documentation (RFC 9637)' },
  { network: '5f00::/16', reason: 'segment routing (RFC 9602)' },
  { network: 'fc00::/7', reason: 'private (RFC 4193)' },
  { network: 'fe80::/10', reason: 'link-local' },
  { network: 'fec0::/10', reason: 'site-local, deprecated and still routed here and there' },
  { network: 'ff00::/8', reason: 'multicast' },
];
