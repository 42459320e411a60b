export type Target = 'confab' | 'bare';

/** `seat` fills meetings and keeps everybody connected; `relay` moves signals between those who are seated. */
export type LoadQuestion = { id: number } & LoadOrder;
export type LoadOrder =
  | { order: 'seat'; target: Target; url: string; meetings: number; size: number }
  | { order: 'relay'; signals: number };

export type LoadAnswer = { id: number; error?: string };
