/** What is being sealed, opened and hashed, by threads that take as long as they take: time that a test lets pass has to wait for them. */
let underWay = 0;

type Act = (...args: unknown[]) => Promise<unknown>;
const acts = [
  'decrypt',
  'deriveBits',
  'deriveKey',
  'digest',
  'encrypt',
  'importKey',
  'sign',
  'verify',
];

for (const name of acts) {
  const act = (Reflect.get(crypto.subtle, name) as Act).bind(crypto.subtle);
  const value: Act = async (...args) => {
    underWay += 1;
    try {
      return await act(...args);
    } finally {
      underWay -= 1;
    }
  };
  Object.defineProperty(crypto.subtle, name, { value, configurable: true, writable: true });
}

/** Resolves when nothing is under way, and what follows from it has had its turns. */
export async function cryptoRests(): Promise<void> {
  do for (let turn = 0; turn < 2; turn++) await new Promise((next) => setTimeout(next));
  while (underWay > 0);
}
