import { config } from 'zod/mini';

// zod makes checks from text where it may, which a page's security policy forbids and reports even though zod copes. The server keeps
// the faster way. Schemas ask when they are made, so this comes before all of them.
config({ jitless: 'document' in globalThis });
