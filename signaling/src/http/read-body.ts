import { MeetingId, Refusal } from '@confab/protocol';
import type { Request } from 'express';
import type * as z from 'zod/mini';

/** The request's JSON, checked (R1). A missing body counts as `{}`. Throws `invalid-payload`. */
export function readBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): z.infer<Schema> {
  const parsed = schema.safeParse(request.body ?? {});
  if (!parsed.success) throw new Refusal('invalid-payload');
  return parsed.data;
}

/** The meeting id in the address. One that is no id belongs to no meeting (R4). */
export function meetingIdOf(request: Request): string {
  const parsed = MeetingId.safeParse(request.params.id);
  if (!parsed.success) throw new Refusal('meeting-not-found');
  return parsed.data;
}
