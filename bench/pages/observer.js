// Put into every measured page before its own scripts; sees when pictures appear and changes nothing the page does.
// All times are milliseconds since 1970, so that pages can be compared with one another.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const connections = [];
  const seen = {
    openedAt: performance.timeOrigin,
    clickedAt: null,
    cameraAt: null,
    previewAt: null,
    joinableAt: null,
    /** When the first frame of each remote picture was drawn, in that order. */
    remoteAt: [],
    /** When the browser gave the page a screen to share. */
    sharedAt: null,
    camera: null,
  };
  window.seen = seen;

  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, self) {
      const connection = Reflect.construct(target, args, self);
      connections.push(connection);
      return connection;
    },
  });
  const isRemote = (track) =>
    connections.some((connection) =>
      connection.getReceivers().some((receiver) => receiver.track.id === track.id),
    );

  // Absent where the page is not a secure context.
  const devices = navigator.mediaDevices;
  const capture = devices?.getDisplayMedia?.bind(devices);
  if (capture)
    devices.getDisplayMedia = async (wanted) => {
      const stream = await capture(wanted);
      seen.sharedAt = now();
      return stream;
    };

  const drawn = new Set();
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'srcObject');
  const awaited = new WeakSet();
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', {
    ...source,
    set(stream) {
      source.set.call(this, stream);
      if (stream && this instanceof HTMLVideoElement) {
        seen.cameraAt ??= now();
        if (!awaited.has(this)) awaitFrame(this);
      }
    },
  });
  // Of the first frame only: a page is laid out and painted anew for each frame that anybody asks to be told of.
  function awaitFrame(video) {
    awaited.add(video);
    video.requestVideoFrameCallback(() => {
      awaited.delete(video);
      const [track] = video.srcObject?.getVideoTracks() ?? [];
      if (track) noteFirst(track);
      else if (video.srcObject) awaitFrame(video);
    });
  }
  function noteFirst(track) {
    if (drawn.has(track.id)) return;
    drawn.add(track.id);
    if (isRemote(track)) seen.remoteAt.push(now());
    else {
      seen.previewAt ??= now();
      const { width, height } = track.getSettings();
      seen.camera = { width, height };
    }
  }

  const joinButton = () =>
    [...document.querySelectorAll('button')].find(
      (button) => button.textContent.trim() === 'Join now' && !button.disabled,
    );
  const look = () => {
    if (joinButton()) seen.joinableAt = now();
    else requestAnimationFrame(look);
  };
  look();
  addEventListener(
    'click',
    ({ target }) => {
      if (target.closest('button') === joinButton()) seen.clickedAt ??= now();
    },
    { capture: true },
  );
  /** Resolves when `condition` holds, or with false when it did not for `patience` milliseconds. */
  window.until = (condition, patience) =>
    new Promise((resolve) => {
      const end = now() + patience;
      const look = () => {
        if (condition()) resolve(true);
        else if (now() > end) resolve(false);
        else setTimeout(look, 20);
      };
      look();
    });
  /** Clicks the button at a moment that several pages agreed on. */
  window.joinAt = (moment) => setTimeout(() => joinButton().click(), moment - now());
})();
