/** Milliseconds until a server that does not answer counts as lost. */
const PATIENCE = 10_000;

/** The server said no, or nothing; the message is a sentence. */
export class Refused extends Error {}

/** Asks the server; `body` is sent as JSON. Resolves with its answer. Rejects with a {@link Refused}. */
export async function ask(url, method, path, { bearer, body } = {}) {
  const headers = {
    ...(body && { 'content-type': 'application/json' }),
    ...(bearer && { authorization: `Bearer ${bearer}` }),
  };
  let response, text;
  try {
    response = await fetch(new URL(path, url), {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    text = await response.text();
  } catch (fault) {
    throw new Refused(`${url} does not answer (${fault.cause?.code ?? fault.name}).`);
  }
  const answer = parsed(text);
  if (answer === null) throw new Refused(`${url} is no Confab server.`);
  if (response.ok) return answer;
  throw new Refused(
    `${answer.message ?? response.statusText} (${answer.error ?? response.status})`,
  );
}

function parsed(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
