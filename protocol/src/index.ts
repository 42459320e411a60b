export * from './values.ts';
export * from './refusals.ts';
export * from './refusal.ts';
export * from './events.ts';
export * from './http.ts';
export * from './signals.ts';
export * from './carried.ts';
export * from './chat.ts';
