import { afterEach, expect, it, vi } from 'vitest';
import { keptRecordings } from './recording-store.ts';

afterEach(() => vi.unstubAllGlobals());

class Handle {
  readonly getFile: () => Promise<File>;
  constructor(getFile: () => Promise<File>) {
    this.getFile = getFile;
  }
}

it('lists what there is, also where another tab deletes some of it just then', async () => {
  const gone = () => Promise.reject(new DOMException('It is gone.', 'NotFoundError'));
  const whole = () => Promise.resolve(new File(['abc'], '2.webm'));
  const entries = [
    ['1.part', new Handle(gone)],
    ['2.webm', new Handle(whole)],
    ['something else', new Handle(whole)],
  ];
  vi.stubGlobal('FileSystemFileHandle', Handle);
  const getDirectory = () =>
    Promise.resolve({ getDirectoryHandle: () => Promise.resolve(entries) });
  vi.stubGlobal('navigator', { storage: { getDirectory } });
  expect(await keptRecordings()).toEqual([{ name: '2.webm', beganAt: 2, bytes: 3, isPart: false }]);
});
