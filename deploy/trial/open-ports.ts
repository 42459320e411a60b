import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { docker } from './docker.ts';

type Inspected = {
  HostConfig: { NetworkMode: string };
  NetworkSettings: { Ports: Record<string, { HostPort: string }[] | null> };
};

/** What of these containers the outside can reach, as `443/tcp`: ports that are published, and those that programs on the machine's own network listen at. */
export async function openPorts(containers: Iterable<string>): Promise<string[]> {
  const open = new Set<string>();
  for (const container of containers) {
    const [inspected] = JSON.parse(await docker('inspect', container)) as Inspected[];
    if (inspected === undefined) continue;
    for (const [port, places] of Object.entries(inspected.NetworkSettings.Ports))
      for (const { HostPort } of places ?? []) open.add(`${HostPort}/${port.split('/')[1] ?? ''}`);
    if (inspected.HostConfig.NetworkMode !== 'host') continue;
    for (const port of await listeningPorts(container)) open.add(port);
  }
  return [...open].sort((one, other) => parseInt(one) - parseInt(other));
}

async function listeningPorts(container: string): Promise<string[]> {
  const pids = (await docker('top', container, '-eo', 'pid')).split('\n').slice(1);
  const held = new Set(pids.flatMap((pid) => socketsOf(pid.trim())));
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((table) =>
    listening(table)
      .filter(({ inode, isLoopback }) => held.has(inode) && !isLoopback)
      .map(({ port }) => `${port}/${table.slice(0, 3)}`),
  );
}

/** The inodes of a process's sockets. */
function socketsOf(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    const [, inode] = /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`)) ?? [];
    return inode ?? [];
  });
}

type Listening = { port: number; inode: string; isLoopback: boolean };

/** LISTEN for TCP, unconnected for UDP: states 0A and 07 of proc_net(5). */
function listening(table: string): Listening[] {
  const lines = readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    if (state !== (table.startsWith('tcp') ? '0A' : '07')) return [];
    const [address = '', port = ''] = local.split(':');
    return [{ port: parseInt(port, 16), inode, isLoopback: /^0{0,24}.{6}7F$/.test(address) }];
  });
}
