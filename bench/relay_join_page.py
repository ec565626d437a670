"""The page of the relay's join benchmark: one for both servers, which differ only in how a call is made.

The camera is granted and running before the click. The click opens the WebSocket, joins, sends the camera and
the microphone, and shows whoever else is there. What one server takes of round trips and connections is its
own: the relay offers at once all that a participant sends and sees on one connection; Janus's videoroom takes
a connection to send and another one to see.
"""

PAGE = """<!doctype html><meta charset="utf-8"><title>join</title>
<video id="remote" autoplay playsinline muted></video><video id="self" autoplay playsinline muted></video>
<button id="join" disabled>join</button><button id="leave">leave</button>
<script>
const query = new URLSearchParams(location.search);
const name = query.get('name'), url = query.get('url'), room = query.get('room');
const constraints = { audio: true, video: { width: { ideal: 640 }, height: { ideal: 360 } } };
let stream, socket, connections = [];
const marks = [];
const mark = (what) => marks.push([what, Math.round(performance.now() * 10) / 10]);
function connection() {
  const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  connections.push(pc);
  pc.addEventListener('connectionstatechange', () => mark(pc.connectionState + connections.indexOf(pc)));
  return pc;
}
function show(track) {
  mark('track');
  if (track.kind !== 'video') return;
  const video = document.getElementById('remote'), since = performance.now();
  video.srcObject = new MediaStream([track]);
  // A line that is used again brings the same track: only frames from now on are its first.
  const wait = () => video.requestVideoFrameCallback((now, { receiveTime }) => {
    if (receiveTime >= since) window.firstFrames.push(performance.timeOrigin + now); else wait();
  });
  wait();
}
const own = (kind) => stream.getTracks().find((track) => track.kind === kind);

// Our relay: it offers, the page answers.
function relay() {
  const pc = connection();
  pc.ontrack = ({ track }) => show(track);
  socket = new WebSocket(url);
  const say = (message) => socket.send(JSON.stringify(message));
  socket.onopen = () => { mark('open'); say({ do: 'join', name, room }); };
  let turn = Promise.resolve();
  socket.onmessage = ({ data }) => { turn = turn.then(() => answer(JSON.parse(data))); };
  async function answer({ sdp, revision, sources }) {
    mark('offer' + revision);
    await pc.setRemoteDescription({ type: 'offer', sdp });
    for (const one of pc.getTransceivers()) {
      if (!(one.mid in sources) || one.sender.track) continue;
      one.direction = 'sendonly';
      await one.sender.replaceTrack(own(one.receiver.track.kind));
    }
    await pc.setLocalDescription();
    mark('answer' + revision);
    say({ do: 'answer', name, revision, sdp: pc.localDescription.sdp });
  }
}

// Janus's videoroom, by its WebSocket interface.
function janus() {
  socket = new WebSocket(url, 'janus-protocol');
  const waiting = new Map(), handles = new Map();
  let count = 0, session;
  const say = (message) => new Promise((done, failed) => {
    const transaction = String(++count);
    waiting.set(transaction, { done, failed, event: message.janus === 'message' });
    socket.send(JSON.stringify({ ...message, transaction, ...(session && { session_id: session }) }));
  });
  const trickle = (handle_id, found) => {
    const candidate = found ?? { completed: true };
    const to = { session_id: session, handle_id, transaction: 't' };
    socket.send(JSON.stringify({ janus: 'trickle', ...to, candidate }));
  };
  socket.onmessage = ({ data }) => {
    const said = JSON.parse(data);
    const asked = waiting.get(said.transaction);
    if (asked && said.janus !== 'ack') {
      waiting.delete(said.transaction);
      if (said.janus === 'error') asked.failed(new Error(said.error.reason)); else asked.done(said);
    }
    const publishers = said.plugindata?.data?.publishers ?? [];
    if (said.janus === 'event') for (const one of publishers) void watch(one.id);
  };
  async function attach() {
    return (await say({ janus: 'attach', plugin: 'janus.plugin.videoroom' })).data.id;
  }
  socket.onopen = async () => {
    mark('open');
    // The offer is made while Janus answers.
    const pc = connection();
    const early = [];
    let publisher = null;
    pc.onicecandidate = ({ candidate }) => {
      if (publisher) trickle(publisher, candidate); else early.push(candidate);
    };
    for (const kind of ['audio', 'video']) pc.addTransceiver(own(kind), { direction: 'sendonly' });
    const described = pc.setLocalDescription();
    session = (await say({ janus: 'create' })).data.id;
    const handle = await attach();
    await described;
    const asked = say({
      janus: 'message', handle_id: handle,
      body: { request: 'joinandconfigure', ptype: 'publisher', room: Number(room), display: name },
      jsep: { type: 'offer', sdp: pc.localDescription.sdp },
    });
    publisher = handle;
    for (const one of early) trickle(handle, one);
    const joined = await asked;
    mark('joined');
    await pc.setRemoteDescription(joined.jsep);
  };
  async function watch(feed) {
    const handle = await attach();
    const pc = connection();
    pc.onicecandidate = ({ candidate }) => trickle(handle, candidate);
    pc.ontrack = ({ track }) => show(track);
    const offered = await say({
      janus: 'message', handle_id: handle,
      body: { request: 'join', ptype: 'subscriber', room: Number(room), streams: [{ feed }] },
    });
    mark('offered');
    await pc.setRemoteDescription(offered.jsep);
    await pc.setLocalDescription();
    await say({
      janus: 'message', handle_id: handle, body: { request: 'start', room: Number(room) },
      jsep: { type: 'answer', sdp: pc.localDescription.sdp },
    });
  }
}

document.getElementById('join').onclick = () => {
  marks.length = 0;
  mark('click');
  if (query.get('server') === 'janus') janus(); else relay();
};
document.getElementById('leave').onclick = () => {
  socket.close();
  for (const pc of connections) pc.close();
  connections = [];
};
navigator.mediaDevices.getUserMedia(constraints).then((found) => {
  stream = found;
  document.getElementById('self').srcObject = found;
  document.getElementById('join').disabled = false;
});
</script>"""
