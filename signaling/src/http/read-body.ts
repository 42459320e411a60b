import { MeetingId, Refusal } from '@confab/protocol';
import type { Request } from 'express';
import type * as z from 'zod/mini';

/** `invalid-payload`, and which field it is about: one of the call's own names, '' for the body as a whole. */
export class Unfitting extends Refusal {
  readonly field: string;

  constructor(field: string) {
    super('invalid-payload');
    this.field = field;
  }
}

/** The request's JSON, checked (R1). A missing body counts as `{}`. Throws {@link Unfitting}. */
export function readBody<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): z.infer<Schema> {
  const parsed = schema.safeParse(request.body ?? {});
  if (!parsed.success) throw new Unfitting(parsed.error.issues[0]?.path.join('.') ?? '');
  return parsed.data;
}

/** The meeting id in the address. One that is no id belongs to no meeting (R4). */
export function meetingIdOf(request: Request): string {
  const parsed = MeetingId.safeParse(request.params.id);
  if (!parsed.success) throw new Refusal('meeting-not-found');
  return parsed.data;
}
