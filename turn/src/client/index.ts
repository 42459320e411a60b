export { NoAnswer, RelayClient } from './relay-client.ts';
export type { Outcome } from './relay-client.ts';
export type { Credential } from './stun-message.ts';
export { readRelayUrl } from './transport.ts';
export type { RelayUrl } from './transport.ts';
