/** The ends of the scale of loudness, 0 (a quiet room) and 1 (close and loud), in decibels of full scale. */
export const QUIET_DB = -55;
export const LOUD_DB = -12;
