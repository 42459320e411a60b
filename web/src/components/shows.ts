import type { Attachment } from 'svelte/attachments';

/** Plays `stream` in a `<video>` or `<audio>`; null shows nothing. */
export function shows(stream: MediaStream | null): Attachment<HTMLMediaElement> {
  return (element) => {
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  };
}
