/** A network whose addresses no relay may speak to, and why. `target` is the address in it that the probe tries. */
export type DeniedNetwork = { network: string; target: string; reason: string };

/**
 * Every range of the IANA special-purpose registries (RFC 6890) on both families, and every way to write an IPv4 address in IPv6: what is left are
 * addresses on the public Internet. The probe takes its targets from here.
 */
export const deniedNetworks: readonly DeniedNetwork[] = [
  {
    network: '0.0.0.0/8',
    target: '0.0.0.0',
    reason: '“this network”; 0.0.0.0 reaches the machine itself',
  },
  { network: '10.0.0.0/8', target: '10.0.0.1', reason: 'private (RFC 1918)' },
  { network: '100.64.0.0/10', target: '100.64.0.1', reason: 'behind a carrier’s NAT (RFC 6598)' },
  { network: '127.0.0.0/8', target: '127.0.0.1', reason: 'loopback' },
  {
    network: '169.254.0.0/16',
    target: '169.254.169.254',
    reason: 'link-local, and the clouds’ metadata service',
  },
  {
    network: '172.16.0.0/12',
    target: '172.17.0.1',
    reason: 'private (RFC 1918), and Docker’s networks',
  },
  { network: '192.0.0.0/24', target: '192.0.0.192', reason: 'protocol assignments (RFC 6890)' },
  { network: '192.0.2.0/24', target: '192.0.2.2', reason: 'documentation' },
  { network: '192.88.99.0/24', target: '192.88.99.1', reason: '6to4 relays (RFC 7526)' },
  { network: '192.168.0.0/16', target: '192.168.1.1', reason: 'private (RFC 1918)' },
  { network: '198.18.0.0/15', target: '198.19.0.1', reason: 'benchmarks (RFC 2544)' },
  { network: '198.51.100.0/24', target: '198.51.100.1', reason: 'documentation' },
  { network: '203.0.113.0/24', target: '203.0.113.1', reason: 'documentation' },
  { network: '224.0.0.0/4', target: '224.0.0.251', reason: 'multicast' },
  { network: '240.0.0.0/4', target: '255.255.255.255', reason: 'reserved, and broadcast' },
  {
    network: '::/96',
    target: '::1',
    reason: '“unspecified”, loopback and IPv4-compatible: :: and ::1 reach the machine',
  },
  {
    network: '::ffff:0.0.0.0/96',
    target: '::ffff:127.0.0.1',
    reason: 'IPv4-mapped: the way around every IPv4 range (CVE-2026-27624)',
  },
  { network: '::ffff:0:0:0/96', target: '::ffff:0:7f00:1', reason: 'IPv4-translated (RFC 2765)' },
  {
    network: '64:ff9b::/96',
    target: '64:ff9b::7f00:1',
    reason: 'NAT64 (RFC 6052): IPv4 once more',
  },
  {
    network: '64:ff9b:1::/48',
    target: '64:ff9b:1::7f00:1',
    reason: 'NAT64 within a network (RFC 8215)',
  },
  { network: '100::/63', target: '100::1', reason: 'discard, and dummies (RFC 6666, RFC 9780)' },
  {
    network: '2001::/23',
    target: '2001::7f00:1',
    reason: 'protocol assignments, Teredo among them',
  },
  { network: '2001:db8::/32', target: '2001:db8::1', reason: 'documentation' },
  { network: '2002::/16', target: '2002:7f00:1::', reason: '6to4 (RFC 3056): IPv4 once more' },
  { network: '3fff::/20', target: '3fff::1', reason: 'documentation (RFC 9637)' },
  { network: '5f00::/16', target: '5f00::1', reason: 'segment routing (RFC 9602)' },
  { network: 'fc00::/7', target: 'fd00::1', reason: 'private (RFC 4193)' },
  { network: 'fe80::/10', target: 'fe80::1', reason: 'link-local' },
  {
    network: 'fec0::/10',
    target: 'fec0::1',
    reason: 'site-local, deprecated and still routed here and there',
  },
  { network: 'ff00::/8', target: 'ff02::1', reason: 'multicast' },
];
