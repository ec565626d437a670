"""The peer of the join benchmark: the least that connects two browsers through Socket.IO."""

import aiohttp.web
import socketio

PAGE = """<!doctype html><meta charset="utf-8"><title>bare</title>
<video id="remote" autoplay playsinline></video><video id="self" autoplay playsinline muted></video>
<button id="join" disabled>join</button><button id="leave">leave</button>
<script src="/socket.io.js"></script>
<script>
let socket, pc, stream;
const constraints = { audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } };
function peer() {
  pc = new RTCPeerConnection();
  pc.onicecandidate = (e) => e.candidate && socket.emit('relay', { candidate: e.candidate.toJSON() });
  pc.ontrack = (e) => { document.getElementById('remote').srcObject = e.streams[0]; };
  for (const track of stream.getTracks()) pc.addTrack(track, stream);
}
navigator.mediaDevices.getUserMedia(constraints).then((s) => {
  stream = s;
  document.getElementById('self').srcObject = s;
  document.getElementById('join').disabled = false;
});
document.getElementById('join').onclick = () => {
  socket = io({ transports: ['websocket'] });
  socket.on('connect', () => socket.emit('join'));
  socket.on('joined', async () => {
    if (pc) pc.close();
    peer();
    await pc.setLocalDescription();
    socket.emit('relay', { description: pc.localDescription.toJSON() });
  });
  socket.on('relay', async (message) => {
    if (message.description) {
      if (message.description.type === 'offer') { if (pc) pc.close(); peer(); }
      await pc.setRemoteDescription(message.description);
      if (message.description.type === 'offer') {
        await pc.setLocalDescription();
        socket.emit('relay', { description: pc.localDescription.toJSON() });
      }
    } else if (message.candidate) { await pc.addIceCandidate(message.candidate); }
  });
};
document.getElementById('leave').onclick = () => { socket.disconnect(); if (pc) pc.close(); pc = null; };
</script>"""


def application(client_script: str) -> aiohttp.web.Application:
    """Return the bare server; `client_script` is the text of socket.io's browser client."""
    app = aiohttp.web.Application()
    server = socketio.AsyncServer(async_mode="aiohttp")
    server.attach(app)

    async def join(sid: str) -> None:
        await server.enter_room(sid, "room")
        await server.emit("joined", room="room", skip_sid=sid)

    async def relay(sid: str, message: object) -> None:
        await server.emit("relay", message, room="room", skip_sid=sid)

    server.on("join", join)
    server.on("relay", relay)

    async def page(_: aiohttp.web.Request) -> aiohttp.web.Response:
        return aiohttp.web.Response(text=PAGE, content_type="text/html")

    async def script(_: aiohttp.web.Request) -> aiohttp.web.Response:
        return aiohttp.web.Response(text=client_script, content_type="text/javascript")

    app.router.add_get("/", page)
    app.router.add_get("/socket.io.js", script)
    return app


if __name__ == "__main__":
    import sys
    from pathlib import Path

    port, client = int(sys.argv[1]), Path(sys.argv[2]).read_text(encoding="utf-8")
    aiohttp.web.run_app(application(client), host="127.0.0.1", port=port, print=None)
