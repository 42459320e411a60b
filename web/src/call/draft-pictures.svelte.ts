import { fileName } from '../connection/files/file-name.ts';

/** A picture that waits beside the words; `type` is what its own first bytes say. */
export type DraftPicture = { file: File; type: string; name: string; url: string };

/** The pictures that go out with what one is about to say, in the order in which they came. */
export class DraftPictures {
  #all = $state.raw<readonly DraftPicture[]>([]);

  get all(): readonly DraftPicture[] {
    return this.#all;
  }

  add(pictures: readonly Pick<DraftPicture, 'file' | 'type'>[]): void {
    const shown = pictures.map(({ file, type }) => {
      const url = URL.createObjectURL(file.slice(0, file.size, type));
      return { file, type, name: fileName(file.name), url };
    });
    this.#all = [...this.#all, ...shown];
  }

  remove(picture: DraftPicture): void {
    URL.revokeObjectURL(picture.url);
    this.#all = this.#all.filter((one) => one !== picture);
  }

  /** Hands them to whoever sends them; none waits then. */
  take(): readonly DraftPicture[] {
    const all = this.#all;
    for (const { url } of all) URL.revokeObjectURL(url);
    this.#all = [];
    return all;
  }
}
