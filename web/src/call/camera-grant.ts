/**
 * Knows whether the browser gives the camera without a prompt: only then can it be asked for beside the microphone. Asks the browser when
 * made, since its answer takes as long as the meeting's does. Not every browser tells (Permissions §5.1); who does not may ask.
 */
export class CameraGrant {
  readonly #status = askForStatus();

  async isGiven(): Promise<boolean> {
    return (await this.#status)?.state === 'granted';
  }
}

async function askForStatus(): Promise<PermissionStatus | null> {
  try {
    return await navigator.permissions.query({ name: 'camera' });
  } catch {
    return null;
  }
}
