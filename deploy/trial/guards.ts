import { docker } from './docker.ts';

type Inspected = {
  Name: string;
  Config: { User: string };
  State: { Health?: { Status: string } };
  HostConfig: {
    ReadonlyRootfs: boolean;
    Privileged: boolean;
    CapDrop: string[] | null;
    CapAdd: string[] | null;
    SecurityOpt: string[] | null;
    Memory: number;
    PidsLimit: number | null;
    LogConfig: { Config: Record<string, string> };
    RestartPolicy: { Name: string };
  };
};

/** What a container lacks of what each must have, as the engine runs it; empty when nothing. */
export async function lacksGuards(container: string): Promise<string[]> {
  const [inspected] = JSON.parse(await docker('inspect', container)) as Inspected[];
  if (inspected === undefined) return ['the container'];
  const { Name, Config, State, HostConfig: host } = inspected;
  const wanted: [string, boolean][] = [
    ['an account of its own', !['', 'root', '0', '0:0'].includes(Config.User)],
    ['a read-only file system', host.ReadonlyRootfs],
    ['all capabilities dropped', host.CapDrop?.includes('ALL') === true && !host.Privileged],
    [
      'no capability but to listen at low ports',
      (host.CapAdd ?? []).every((name) => /^(CAP_)?NET_BIND_SERVICE$/.test(name)),
    ],
    ['no new privileges', host.SecurityOpt?.includes('no-new-privileges:true') === true],
    ['a limit of memory', host.Memory > 0],
    ['a limit of processes', (host.PidsLimit ?? 0) > 0],
    ['logs that are rotated', host.LogConfig.Config['max-size'] !== undefined],
    ['a restart after a crash', host.RestartPolicy.Name === 'unless-stopped'],
    ['health that is looked at', State.Health?.Status === 'healthy'],
  ];
  return wanted.flatMap(([name, has]) => (has ? [] : [`${Name.slice(1)} lacks ${name}`]));
}

/** The account that a container's programs really run as. */
export async function accountsIn(container: string): Promise<string[]> {
  const lines = (await docker('top', container, '-eo', 'pid,uid')).split('\n').slice(1);
  return [...new Set(lines.map((line) => line.trim().split(/\s+/)[1] ?? ''))];
}
