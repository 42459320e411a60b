const status = (...words: string[]) => ({
  'application/json': {
    schema: {
      type: 'object',
      properties: { status: { type: 'string', enum: words } },
      required: ['status'],
      additionalProperties: false,
    },
  },
});

/** What looks after the server asks it, outside `/api`. */
export const watchPaths = {
  '/healthz': {
    get: {
      operationId: 'isAlive',
      summary: 'Whether the process answers',
      responses: { 200: { description: 'It does.', content: status('alive') } },
    },
  },
  '/readyz': {
    get: {
      operationId: 'isReady',
      summary: 'Whether people can join',
      responses: {
        200: { description: 'They can.', content: status('ready') },
        503: {
          description: 'The server stops, or cannot keep anything at present.',
          content: status('draining', 'cannot-write'),
        },
      },
    },
  },
  '/metrics': {
    get: {
      operationId: 'metrics',
      summary: 'Figures for Prometheus',
      description:
        'On METRICS_PORT where that is set, otherwise for callers on the same machine alone.',
      responses: {
        200: {
          description: 'All figures.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        404: {
          description: 'Not for this caller.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { error: { const: 'unknown-request' }, message: { type: 'string' } },
                required: ['error', 'message'],
                additionalProperties: false,
              },
            },
          },
        },
      },
    },
  },
  '/api/openapi.json': {
    get: {
      operationId: 'describeApi',
      summary: 'This document',
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: { type: 'object', required: ['openapi'] } } },
        },
      },
    },
  },
};
