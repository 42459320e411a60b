export type DeviceKind = 'audioinput' | 'videoinput' | 'audiooutput';

/** The microphones, cameras and speakers there are, kept up to date. Nameless until the person allowed a device once. */
export class DeviceList {
  #devices = $state.raw<MediaDeviceInfo[]>([]);
  // Absent on pages without HTTPS, whatever the type says.
  readonly #source: MediaDevices | undefined = navigator.mediaDevices;

  constructor() {
    this.#source?.addEventListener('devicechange', this.#read);
    this.#read();
  }

  /** Devices of one kind that can be chosen, in the browser's order. */
  of(kind: DeviceKind): MediaDeviceInfo[] {
    return this.#devices.filter((device) => device.kind === kind && device.deviceId !== '');
  }

  /** Reads the list anew; to be called after a permission was given, since names appear only then. */
  refresh(): void {
    this.#read();
  }

  close(): void {
    this.#source?.removeEventListener('devicechange', this.#read);
  }

  readonly #read = () => {
    this.#source?.enumerateDevices().then(
      (devices) => (this.#devices = devices),
      // A browser that names no devices still has its default ones.
      () => (this.#devices = []),
    );
  };
}
