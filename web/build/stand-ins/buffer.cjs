/** simple-peer makes Buffers of what arrives on its own channel, on which links say nothing. */
module.exports = { Buffer: Uint8Array };
