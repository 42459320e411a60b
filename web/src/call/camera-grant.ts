/**
 * Whether the browser gives the camera without a prompt: only then can it be asked for beside the microphone. Not every browser tells
 * (Permissions §5.1); who does not may ask.
 */
export async function isCameraGranted(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' });
    return state === 'granted';
  } catch {
    return false;
  }
}
