/** The page's address as state; the only place that reads or changes the browser's history. */
class Address {
  #href = $state(location.href);

  constructor() {
    addEventListener('popstate', this.#read);
    addEventListener('hashchange', this.#read);
  }

  get href(): string {
    return this.#href;
  }

  get path(): string {
    return new URL(this.#href).pathname;
  }

  /** Goes to another screen of the app without loading the page anew. */
  go(url: string): void {
    history.pushState(null, '', url);
    this.#read();
    scrollTo(0, 0);
  }

  /** Writes it otherwise where it is: nothing is loaded, and no screen changes. */
  rewrite(url: string): void {
    history.replaceState(history.state, '', url);
  }

  readonly #read = () => {
    this.#href = location.href;
  };
}

export const address = new Address();
