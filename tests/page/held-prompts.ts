/** What a test may do with the browser's questions for camera and microphone. */
export type Prompts = {
  /** What has been asked for since the page loaded, in order. */
  asked: ('audio' | 'video')[];
  /** Allows what waits for an answer; resolves when the page has its devices. */
  allow: () => Promise<void>;
};

declare global {
  interface Window {
    prompts: Prompts;
  }
}

/** Runs in a page before its own scripts: whoever asks for camera or microphone waits until the test allows it, as before a person who thinks about it. */
export function holdPrompts(): void {
  // Absent on an empty page.
  if (!('mediaDevices' in navigator)) return;

  let held: (() => Promise<unknown>)[] = [];
  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  const prompts: Prompts = {
    asked: [],
    async allow() {
      const waiting = held;
      held = [];
      await Promise.all(waiting.map((answer) => answer()));
    },
  };
  window.prompts = prompts;
  // Whoever has a prompt before their eyes has granted nothing yet.
  navigator.permissions.query = ({ name }) =>
    Promise.resolve(
      Object.assign(new EventTarget(), { name, state: 'prompt' as const, onchange: null }),
    );
  navigator.mediaDevices.getUserMedia = (constraints) =>
    new Promise((resolve, reject) => {
      prompts.asked.push(constraints?.audio ? 'audio' : 'video');
      held.push(() => capture(constraints).then(resolve, reject));
    });
}
