import { type DeviceOffer, offerOf } from './device-offer.ts';

export type DeviceKind = 'audioinput' | 'videoinput' | 'audiooutput';

/** The microphones, cameras and speakers there are, kept up to date. Nameless until the person allowed a device once. */
export class DeviceList {
  #devices = $state.raw<MediaDeviceInfo[]>([]);
  #offer = $state.raw<DeviceOffer | null>(null);
  #isReading = false;
  /** Whether something has changed since the reading began that is under way. */
  #isStale = false;
  // Absent on pages without HTTPS, whatever the type says.
  readonly #source: MediaDevices | undefined = navigator.mediaDevices;

  readonly #onChange: () => void;

  /** `onChange` hears when something was plugged in or pulled out. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#source?.addEventListener('devicechange', this.#compare);
    this.#read();
  }

  /** What was plugged in last, until somebody has decided about it. */
  get offer(): DeviceOffer | null {
    return this.#offer;
  }

  forgetOffer(): void {
    this.#offer = null;
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
    this.#source?.removeEventListener('devicechange', this.#compare);
  }

  readonly #compare = () => {
    this.#source?.enumerateDevices().then((devices) => {
      // What was pulled out again is not on offer any more.
      const isThere = (id: string) => devices.some(({ deviceId }) => deviceId === id);
      const isGone = this.#offer?.uses.some(({ deviceId }) => !isThere(deviceId)) === true;
      this.#offer = offerOf(this.#devices, devices) ?? (isGone ? null : this.#offer);
      this.#devices = devices;
      this.#onChange();
    }, this.#read);
  };

  readonly #read = () => {
    this.#isStale = this.#isReading;
    if (this.#isReading || !this.#source) return;
    this.#isReading = true;
    void this.#source
      .enumerateDevices()
      // A browser that names no devices still has its default ones.
      .catch(() => [])
      .then((devices) => {
        this.#devices = devices;
        this.#isReading = false;
        if (this.#isStale) this.#read();
      });
  };
}
