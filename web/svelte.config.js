/** Every component uses runes; what still follows the old ways does not compile. */
export default { compilerOptions: { runes: true } };
