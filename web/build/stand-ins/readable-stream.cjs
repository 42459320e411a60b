/**
 * What simple-peer needs of Node's streams in a browser: a Duplex that tells its events. Its stream side is not used here,
 * and the whole module is 20 kB of what everybody loads to meet.
 */
class Duplex {
  readable = true;
  writable = true;
  _readableState = { ended: false };
  _writableState = { finished: false };
  #listeners = new Map();

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }

  once(name, listener) {
    const first = (...values) => {
      this.removeListener(name, first);
      listener.apply(this, values);
    };
    return this.on(name, first);
  }

  removeListener(name, listener) {
    const others = (this.#listeners.get(name) ?? []).filter((one) => one !== listener);
    this.#listeners.set(name, others);
    return this;
  }

  emit(name, ...values) {
    const listeners = this.#listeners.get(name) ?? [];
    for (const listener of listeners) listener.apply(this, values);
    return listeners.length > 0;
  }

  push() {
    return false;
  }

  end() {
    return this;
  }
}

module.exports = { Duplex };
