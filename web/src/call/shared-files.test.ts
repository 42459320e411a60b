import { beforeEach, expect, it, vi } from 'vitest';
import { MemoryStore } from '../connection/files/file-store.ts';
import { NoRoom } from '../connection/files/page-files.ts';
import type { MeetingEvents } from '../connection/meeting-events.ts';
import { Emitter } from '../connection/emitter.ts';
import { FakeChannel } from '../connection/test/paired-channels.ts';
import { toBase64url } from '../connection/sealing/base64url.ts';
import { ChatEntry } from './chat-entry.svelte.ts';
import { SharedFiles } from './shared-files.svelte.ts';
import { fakeChatLine } from './test/fakes.ts';

const id = toBase64url(new Uint8Array(16).fill(3));
const digest = toBase64url(new Uint8Array(32));
let line: ReturnType<typeof fakeChatLine>;
let channel: FakeChannel;
let files: SharedFiles;
const kept = { storeFor: vi.fn(), close: vi.fn(() => Promise.resolve()) };

beforeEach(() => {
  line = fakeChatLine();
  line.say.mockReturnValue(id);
  channel = new FakeChannel();
  channel.open();
  kept.storeFor.mockReset().mockImplementation(() => Promise.resolve(new MemoryStore()));
  const dataChannel = () => channel as unknown as RTCDataChannel;
  files = new SharedFiles({ events: new Emitter<MeetingEvents>(), dataChannel }, line, kept);
});

function entry(more: {
  isOwn?: boolean;
  size?: number;
  picture?: { width: number; height: number };
}) {
  const { isOwn = false, size = 10, picture } = more;
  const file = { name: 'a.png', size, digest, ...(picture && { picture }) };
  const text = 'File: a.png';
  return new ChatEntry({
    id,
    from: 'ada',
    to: null,
    isOwn,
    name: 'Ada',
    text,
    replyTo: null,
    file,
  });
}

const picture = { width: 10, height: 10 };

it('R84 what is attached is read, and offered under a safe name', async () => {
  const file = new File(['hello'], '../a/secret\u202Egpj.exe');
  await files.attach([file], 'ada', () => ['ada', 'bo']);
  expect(line.say).toHaveBeenCalledExactlyOnceWith(
    {
      kind: 'file',
      file: {
        name: 'secretgpj.exe',
        size: 5,
        // SHA-256 of the SHA-256 of "hello".
        digest: 'lZXJ35AHUUjrBoYDZd8zWEt1v_eCpRDGzUiDpBmDPVA',
      },
    },
    'ada',
  );
  expect(files.of(entry({ isOwn: true })).status).toEqual({ is: 'offered' });
  expect(files.preparing).toEqual([]);
});

it('what cannot be read is told, and the others are offered', async () => {
  const bad = new File(['folder'], 'folder');
  vi.spyOn(bad, 'slice').mockImplementation(() => {
    throw new DOMException('', 'NotFoundError');
  });
  await files.attach([bad, new File(['hello'], 'good')], null, () => []);
  expect(files.problem).toEqual({ name: 'folder', is: 'unreadable' });
  expect(line.say).toHaveBeenCalledOnce();
});

it('what is cancelled while it is read is not offered', async () => {
  const done = files.attach([new File(['hello'], 'good')], null, () => []);
  files.preparing[0]?.cancel();
  await done;
  expect(line.say).not.toHaveBeenCalled();
  expect(files.problem).toBeNull();
});

it('R86 whoever comes while a file is read can fetch it, too', async () => {
  const present = new Set(['ada']);
  const reached: string[] = [];
  const dataChannel = (participantId: string) => {
    reached.push(participantId);
    return channel as unknown as RTCDataChannel;
  };
  files = new SharedFiles({ events: new Emitter<MeetingEvents>(), dataChannel }, line, kept);
  const done = files.attach([new File(['hello'], 'good')], null, () => present);
  present.add('bo');
  await done;
  expect(reached).toEqual(['ada', 'bo']);
});

it('whoever accepts a file twice fetches it once', async () => {
  const shared = files.of(entry({}));
  await Promise.all([files.accept(shared), files.accept(shared)]);
  await files.accept(shared);
  expect(kept.storeFor).toHaveBeenCalledOnce();
});

it("one's own offer from before a reload is over", () => {
  expect(files.of(entry({ isOwn: true })).status).toEqual({ is: 'failed', failure: 'gone' });
});

it('R91 a small picture is fetched unasked; a large one and other files are not, nor too many', () => {
  const status = (more: Parameters<typeof entry>[0]) => {
    const one = entry(more);
    files.see(one);
    return files.of(one).status.is;
  };
  expect(status({})).toBe('offered');
  expect(status({ picture, size: 2_000_001 })).toBe('offered');
  for (let count = 0; count < 16; count++)
    expect(status({ picture, size: 2_000_000 })).toBe('fetching');
  expect(status({ picture, size: 2_000_000 })).toBe('offered');
});

it.each([
  [10, 10, true],
  [12_000, 12_000, false],
])(
  'R91 a picture that says 10 × 10 and turns out to be %i × %i is drawn: %s',
  async (width, height, isDrawn) => {
    const png = '89504e470d0a1a0a0000000d494844520000000a0000000a0806000000';
    const bytes = Uint8Array.from(png.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    const close = vi.fn();
    vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width, height, close }));
    Object.assign(URL, { createObjectURL: () => 'blob:picture' });
    await files.attach([new File([bytes], 'a.png')], null, () => []);
    const shared = files.of(entry({ isOwn: true, picture }));
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    await new Promise((resolve) => setTimeout(resolve));
    expect(shared.preview).toBe(isDrawn ? 'blob:picture' : null);
    vi.unstubAllGlobals();
  },
);

it('where there is no room it says how much there is', async () => {
  kept.storeFor.mockRejectedValue(new NoRoom(7));
  const shared = files.of(entry({}));
  await files.accept(shared);
  expect(shared.status).toEqual({ is: 'no-room', room: 7 });
});

it('whoever closes the question for a place has not accepted', async () => {
  kept.storeFor.mockRejectedValue(new DOMException('', 'AbortError'));
  const shared = files.of(entry({}));
  await files.accept(shared);
  expect(shared.status).toEqual({ is: 'offered' });
  expect(channel.sent).toHaveLength(0);
});

it('what was kept goes with the meeting', async () => {
  files.close();
  await vi.waitFor(() => expect(kept.close).toHaveBeenCalledOnce());
});
