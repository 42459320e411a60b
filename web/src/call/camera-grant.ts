/**
 * Knows whether the browser gives the camera without a prompt: only then can it be asked for beside the microphone. Asks the browser when
 * made, since its answer takes as long as the meeting's does. Not every browser tells (Permissions §5.1); who does not may ask.
 */
export class CameraGrant {
  #status: PermissionStatus | null = null;
  readonly #answer = askForStatus().then((status) => (this.#status = status));

  /** Whether it is given by what the browser has said by now. */
  get isKnown(): boolean {
    return this.#status?.state === 'granted';
  }

  async isGiven(): Promise<boolean> {
    await this.#answer;
    return this.isKnown;
  }
}

async function askForStatus(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'camera' });
  } catch {
    return null;
  }
}
