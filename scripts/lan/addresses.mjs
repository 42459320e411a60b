// Where others in this computer's networks reach it.
import { hostname, networkInterfaces } from 'node:os';

/** Networks that exist inside this computer alone. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|podman|cni)/;

/** This computer's addresses for others, without brackets: those of real networks first, IPv4 before IPv6. Link-local ones, which name no network, are left out. */
export function lanAddresses(interfaces = networkInterfaces()) {
  return Object.entries(interfaces)
    .flatMap(([name, addresses]) =>
      addresses.map(({ address, family, internal }) => ({ name, address, family, internal })),
    )
    .filter(({ address, internal }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .map((one) => ({
      ...one,
      rank: Number(VIRTUAL.test(one.name)) * 2 + Number(one.family !== 'IPv4'),
    }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ address }) => address);
}

/** All names under which a browser may ask for this computer. */
export function ownNames(addresses = lanAddresses(), host = hostname()) {
  const plain = host.toLowerCase().replace(/\.local$/, '');
  const isName = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(plain);
  return ['localhost', ...(isName ? [`${plain}.local`] : []), '127.0.0.1', '::1', ...addresses];
}

/** `https://` with an address or name and a port, as browsers write it. */
export function httpsOrigin(name, port) {
  const host = name.includes(':') ? `[${name}]` : name;
  return new URL(`https://${host}:${port}`).origin;
}
