/** simple-peer names itself and its channel with these; it asks for their hexadecimal form alone. */
module.exports = (count) => {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return {
    toString: () => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
};
