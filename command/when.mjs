import { UsageError } from './usage-error.mjs';

const UNITS = { m: 60, h: 3_600, d: 86_400 };

/** Seconds since 1970 of `2026-12-01T09:00`, `2026-12-01T09:00Z`, or of `90m`, `12h`, `7d` from now. Throws a UsageError. */
export function secondsAt(text, now = Date.now()) {
  const [, amount, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (unit !== undefined) return Math.floor(now / 1_000) + Number(amount) * UNITS[unit];
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at))
    throw new UsageError(`“${text}” is no time: 2026-12-01T09:00, or 12h from now.`);
  return Math.floor(at / 1_000);
}

/** A time for people. */
export function timeWords(seconds) {
  return new Date(seconds * 1_000)
    .toISOString()
    .replace(/:\d\d\.000Z$/, 'Z')
    .replace('T', ' ');
}

/** A length of time for people, `3 h 20 min` for instance. */
export function lengthWords(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.max(0, Math.round(seconds))} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d`;
}
