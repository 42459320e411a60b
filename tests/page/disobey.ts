/**
 * Runs in a page before its own scripts, and must not refer to anything outside itself: whatever the app has done to what it sends, the
 * browser goes on, over links that are made anew as well.
 */
export function disobey(): void {
  Object.defineProperty(MediaStreamTrack.prototype, 'enabled', {
    get: () => true,
    set: () => undefined,
  });
  MediaStreamTrack.prototype.stop = () => undefined;
  // The first section carries the microphone, the third the screen (R32).
  const slots = new WeakMap<RTCRtpSender, number>();
  const given: MediaStreamTrack[] = [];
  const note = (transceiver: RTCRtpTransceiver, slot: number) => {
    slots.set(transceiver.sender, slot);
    return transceiver;
  };
  const lasting = (slot: number) => (slot === 0 || slot === 2 ? given[slot] : undefined);
  const sender = RTCRtpSender.prototype as {
    replaceTrack: (this: RTCRtpSender, track: MediaStreamTrack | null) => Promise<void>;
  };
  const { replaceTrack } = sender;
  sender.replaceTrack = function replaceNever(track) {
    const slot = slots.get(this) ?? 1;
    if (track) given[slot] = track;
    return replaceTrack.call(this, track ?? this.track ?? lasting(slot) ?? null);
  };
  const connection = RTCPeerConnection.prototype as {
    addTransceiver: (
      this: RTCPeerConnection,
      of: MediaStreamTrack | string,
      init?: RTCRtpTransceiverInit,
    ) => RTCRtpTransceiver;
    getTransceivers: (this: RTCPeerConnection) => RTCRtpTransceiver[];
  };
  const { addTransceiver, getTransceivers } = connection;
  connection.addTransceiver = function addSending(of, init) {
    const slot = getTransceivers.call(this).length;
    if (typeof of !== 'string') given[slot] = of;
    const sent = typeof of === 'string' ? (lasting(slot) ?? of) : of;
    return note(addTransceiver.call(this, sent, init), slot);
  };
  connection.getTransceivers = function getNoted() {
    return getTransceivers.call(this).map(note);
  };
}
