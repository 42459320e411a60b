// The fastest a browser can do what a meeting's page does: the camera is open, the WebSocket too, and a click connects this
// page to everybody in the meeting with bare peer connections. No names, no sealing, nothing resent, nothing restored.
const settings = new URLSearchParams(location.search);
const join = document.getElementById('join');
const links = new Map();
let stream;

const socket = new WebSocket(`ws://${location.host}/signals`);
const camera = navigator.mediaDevices.getUserMedia({
  audio: true,
  video: { width: Number(settings.get('width')), height: Number(settings.get('height')) },
});
const opened = new Promise((resolve) => socket.addEventListener('open', resolve));

void Promise.all([camera, opened]).then(([given]) => {
  stream = given;
  document.getElementById('preview').srcObject = stream;
  join.disabled = false;
});

join.addEventListener('click', () => say({ join: settings.get('meeting') }));

socket.addEventListener('message', async ({ data }) => {
  const { others, from, description, candidate } = JSON.parse(data);
  for (const other of others ?? []) {
    const link = openLink(other);
    await link.setLocalDescription();
    say({ to: other, description: link.localDescription });
  }
  if (description) {
    const link = links.get(from) ?? openLink(from);
    await link.setRemoteDescription(description);
    if (description.type === 'offer') {
      await link.setLocalDescription();
      say({ to: from, description: link.localDescription });
    }
  }
  if (candidate) await links.get(from).addIceCandidate(candidate);
});

function openLink(other) {
  const link = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  links.set(other, link);
  for (const track of stream.getTracks()) link.addTrack(track, stream);
  link.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate) say({ to: other, candidate });
  });
  link.addEventListener('track', ({ streams, track }) => {
    if (track.kind !== 'video') return;
    const video = Object.assign(document.createElement('video'), { autoplay: true });
    video.playsInline = true;
    video.srcObject = streams[0];
    document.getElementById('others').append(video);
  });
  return link;
}

function say(message) {
  socket.send(JSON.stringify(message));
}
