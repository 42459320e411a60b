import * as z from 'zod';
import type { RefusalCode } from '@confab/protocol';
import { answerTo } from '../errors.ts';
import { apiCalls } from './api-calls.ts';
import type { ApiCall } from './api-calls.ts';
import { watchPaths } from './watch-paths.ts';

type JsonSchema = Record<string, unknown> & { properties?: Record<string, object> };

/** The HTTP API as an OpenAPI 3.1 document, derived from what the calls check their bodies and answers with. `version` is this server's. */
export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, object>> = {};
  const schemas: Record<string, object> = {};
  for (const call of apiCalls)
    paths[call.path] = { ...paths[call.path], [call.method]: operation(call, schemas) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Confab',
      version,
      summary: 'Self-hosted video meetings.',
      description:
        'Makes meetings, invitations and admissions. What people do inside a meeting travels over Socket.IO and between their browsers: see `protocol/README.md`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths: { ...paths, ...watchPaths },
    components: { schemas, securitySchemes },
  };
}

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
const securitySchemes = {
  apiKey: bearer('One of the server’s API_KEYS.'),
  hostToken: bearer(
    'The `hostToken` of the meeting, a host’s invitation to it, or the participant token of one of its hosts.',
  ),
  adminToken: bearer('The server’s ADMIN_TOKEN.'),
};

function operation(call: ApiCall, schemas: Record<string, object>): object {
  const { name, summary, description, auth, body, success, refusals } = call;
  const reference = (part: 'Body' | 'Answer', schema: z.core.$ZodType) => {
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}${part}`;
    schemas[title] = schemaOf(schema, part, call.fields);
    return { $ref: `#/components/schemas/${title}` };
  };
  const parameters = parametersOf(call);
  return {
    operationId: name,
    summary,
    description,
    ...(auth && { security: auth.map((one) => (one === 'none' ? {} : { [one]: [] })) }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { content: json(reference('Body', body.schema), body.example) },
    }),
    responses: {
      [success.status]: {
        description: success.words,
        ...(success.schema && {
          content: json(reference('Answer', success.schema), success.example),
        }),
      },
      ...refusalsByStatus(refusals),
      default: { description: 'A fault of the server’s own.', content: refused(['internal']) },
    },
  };
}

function schemaOf(
  schema: z.core.$ZodType,
  part: 'Body' | 'Answer',
  fields: Record<string, string> = {},
): object {
  const io = part === 'Body' ? 'input' : 'output';
  const { $schema: _, ...made } = z.toJSONSchema(schema, { io }) as JsonSchema;
  for (const [field, property] of Object.entries(made.properties ?? {}))
    if (fields[field] !== undefined) Object.assign(property, { description: fields[field] });
  return made;
}

function parametersOf({ path }: ApiCall): object[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function refusalsByStatus(codes: RefusalCode[]): Record<string, object> {
  const statuses = [...new Set(codes.map((code) => answerTo(code).status))].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const these = codes.filter((code) => answerTo(code).status === status);
      const description = these.map((code) => answerTo(code).message).join(' ');
      return [status, { description, content: refused(these) }];
    }),
  );
}

/** An `HttpError` of one of these codes. */
function refused(codes: RefusalCode[]): object {
  const examples = codes.map((error) => [
    error,
    { value: { error, message: answerTo(error).message } },
  ]);
  const schema = {
    type: 'object',
    properties: {
      error: { type: 'string', enum: codes },
      message: { type: 'string' },
      ...(codes.includes('not-open') && opening),
    },
    required: ['error', 'message'],
    additionalProperties: false,
  };
  return { 'application/json': { schema, examples: Object.fromEntries(examples) as object } };
}

/** R108. */
const opening = {
  opensAt: {
    type: 'integer',
    description: 'Of `not-open`: when it opens, in seconds since 1970 UTC.',
  },
  opensIn: { type: 'integer', description: 'Of `not-open`: in how many seconds that is.' },
};

function json(schema: object, example?: object): object {
  return { 'application/json': { schema, ...(example && { example }) } };
}
