/** Whether an address with this host leads every computer to itself, so that it invites nobody else (RFC 6761 §6.3). */
export function isOwnComputer(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);
}
