/** Whether events may be sent there: over HTTP, without a name and a password, which `fetch` refuses. */
export function isWebhook(text: string): boolean {
  if (!URL.canParse(text) || text.length > 2_048) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** The key that a secret of Standard Webhooks spells, `whsec_` and base64; null where it spells none. */
export function webhookKey(secret: string): Buffer | null {
  const text = secret.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  const isSpelled = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isSpelled && key.length >= 24 && key.length <= 64 ? key : null;
}
