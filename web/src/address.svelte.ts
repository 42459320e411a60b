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

  readonly #read = () => {
    this.#href = location.href;
  };
}

export const address = new Address();
