import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

type Operation = {
  operationId: string;
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};
type Content = Record<string, { schema: object; example?: unknown; examples?: object }>;
export type OpenApi = { openapi: string; paths: Record<string, Record<string, Operation>> };

/** Holds answers of the running server against what its OpenAPI document says of them, and remembers which ones it has seen. */
export class OpenApiChecker {
  readonly document: OpenApi;
  /** `<operation> <status> <error>` of every answer that was checked. */
  readonly seen = new Set<string>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  private readonly validators = new Map<object, ValidateFunction>();

  constructor(document: OpenApi) {
    this.document = document;
    this.ajv.addSchema({ $id: 'document', ...document });
  }

  /** Every answer that the document promises, faults of the server's own excepted. */
  get promised(): Set<string> {
    const all = new Set<string>();
    for (const { operationId, responses } of this.operations())
      for (const [status, { content }] of Object.entries(responses)) {
        if (status === 'default') continue;
        for (const error of errorsIn(content)) all.add(words(operationId, status, error));
      }
    return all;
  }

  /** What is wrong with the examples; nothing, one hopes. */
  get wrongExamples(): string[] {
    return this.operations().flatMap(({ operationId, requestBody, responses }) =>
      [['body', requestBody] as const, ...Object.entries(responses)].flatMap(([at, part]) =>
        Object.values(part?.content ?? {}).flatMap(({ schema, example, examples = {} }) => {
          const named = Object.values(examples as Record<string, { value: unknown }>);
          const given = example === undefined ? [] : [example];
          return [...given, ...named.map(({ value }) => value)].flatMap((value) =>
            this.faults(schema, value).map((fault) => `${operationId} ${at}: ${fault}`),
          );
        }),
      ),
    );
  }

  /** Throws where the answer is not as promised; resolves with its body. */
  async check(operationId: string, response: Response): Promise<unknown> {
    const operation = this.operations().find((one) => one.operationId === operationId);
    const { status } = response;
    const promise = operation?.responses[status];
    if (promise === undefined) throw new Error(`${operationId} does not promise ${status}`);
    const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(promise.content ?? {});
    const actual = response.headers.get('content-type') ?? '';
    if (!actual.startsWith(type)) throw new Error(`${operationId} ${status} is ${actual}`);
    const text = await response.text();
    const body: unknown = type === 'application/json' ? JSON.parse(text) : text;
    const faults = type === '' ? [] : this.faults(schema, body);
    if (faults.length > 0) throw new Error(`${operationId} ${status}: ${faults.join(', ')}`);
    const { error = '' } = Object(body) as { error?: string };
    this.seen.add(words(operationId, String(status), error));
    return body;
  }

  private operations(): Operation[] {
    return Object.values(this.document.paths).flatMap((path) => Object.values(path));
  }

  private faults(schema: object, value: unknown): string[] {
    const validate = this.validators.get(schema) ?? this.ajv.compile(inDocument(schema));
    this.validators.set(schema, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''}`);
  }
}

/** With its references leading into the document. */
function inDocument(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object;
}

function errorsIn(content: Content = {}): string[] {
  const [{ schema } = { schema: {} }] = Object.values(content);
  const { properties } = schema as { properties?: { error?: { enum?: string[]; const?: string } } };
  const { error } = properties ?? {};
  return error?.enum ?? [error?.const ?? ''];
}

function words(operationId: string, status: string, error: string): string {
  return `${operationId} ${status} ${error}`.trim();
}
