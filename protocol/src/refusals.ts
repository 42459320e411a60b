import * as z from 'zod/mini';
import { refusalCodes } from './refusal-codes.ts';

/** Every reason for which a request, an HTTP call or a connection is refused. Sentences for people belong to the app. */
export const RefusalCode = z.enum(refusalCodes);
export type RefusalCode = z.infer<typeof RefusalCode>;
