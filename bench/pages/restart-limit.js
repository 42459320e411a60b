// The fastest a browser can bring a broken pair back: a bare peer connection that is told the very moment at which a restart of
// ICE can succeed, and restarts at that moment. No names, no sealing, nobody who has to find out that anything is wrong.
const settings = new URLSearchParams(location.search);
const grid = document.querySelector('section');
let socket;
let link;
let other;

window.begin = async () => {
  window.camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  await enter();
};

/** Over a new connection to the server if `anew`, because the old one is lost. Only whoever came second restarts. */
window.restart = async (anew) => {
  if (anew) await enter();
  if (!link.isMine) return;
  link.restartIce();
  await offer();
};

async function enter() {
  socket?.close();
  socket = new WebSocket(`ws://${location.host}/signals`);
  socket.addEventListener('message', ({ data }) => void hear(JSON.parse(data)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  say({ join: settings.get('meeting'), as: settings.get('name') });
}

async function hear({ others, from, description, candidate }) {
  if (others?.length > 0 && !link) {
    [other] = others;
    openLink();
    link.isMine = true;
    await offer();
  }
  if (description) {
    other = from;
    if (!link) openLink();
    await link.setRemoteDescription(description);
    if (description.type === 'offer') await offer();
  }
  if (candidate) await link.addIceCandidate(candidate);
}

/** Or answers, whichever is due. */
async function offer() {
  await link.setLocalDescription();
  say({ to: other, description: link.localDescription });
}

function openLink() {
  link = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (const track of window.camera.getTracks()) link.addTrack(track, window.camera);
  link.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) say({ to: other, candidate });
  });
  link.addEventListener('track', ({ streams, track }) => {
    if (track.kind !== 'video') return;
    const video = Object.assign(document.createElement('video'), { autoplay: true });
    video.playsInline = true;
    video.srcObject = streams[0];
    const tile = document.createElement('article');
    tile.setAttribute('aria-label', other);
    tile.append(video);
    grid.append(tile);
  });
}

function say(message) {
  socket.send(JSON.stringify(message));
}
