export { relayConfiguration } from './configuration.ts';
export { readRelaySettings } from './relay-settings.ts';
