// Publishes a moving picture to a relay's port and shows what comes back. The relay's descriptions are made here.
window.relayTest = {
  connection: null,

  async offer() {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    let step = 0;
    setInterval(() => {
      step = (step + 7) % canvas.width;
      pen.fillStyle = `hsl(${step} 80% 50%)`;
      pen.fillRect(step, 0, 20, canvas.height);
    }, 33);
    const connection = new RTCPeerConnection();
    connection.addTransceiver(canvas.captureStream(30).getVideoTracks()[0], { direction: "sendrecv" });
    connection.ontrack = ({ track }) => {
      const video = document.createElement("video");
      video.muted = video.autoplay = true;
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
    };
    this.connection = connection;
    await connection.setLocalDescription();
    return connection.localDescription.sdp.match(/a=fingerprint:(\S+) (\S+)/).slice(1);
  },

  async answer({ ufrag, password, fingerprint, candidates }) {
    const type = this.connection.localDescription.sdp.match(/a=rtpmap:(\d+) VP8\/90000/)[1];
    const lines = [
      "v=0",
      "o=- 1 1 IN IP4 127.0.0.1",
      "s=-",
      "t=0 0",
      "a=ice-lite",
      "a=group:BUNDLE 0",
      `m=video 9 UDP/TLS/RTP/SAVPF ${type}`,
      "c=IN IP4 0.0.0.0",
      "a=mid:0",
      "a=sendrecv",
      "a=rtcp-mux",
      "a=setup:passive",
      `a=rtpmap:${type} VP8/90000`,
      `a=rtcp-fb:${type} nack pli`,
      `a=ice-ufrag:${ufrag}`,
      `a=ice-pwd:${password}`,
      `a=fingerprint:${fingerprint}`,
      ...candidates.map((candidate) => `a=candidate:${candidate}`),
    ];
    await this.connection.setRemoteDescription({ type: "answer", sdp: lines.map((line) => `${line}\r\n`).join("") });
  },

  async restart() {
    await this.connection.setLocalDescription(await this.connection.createOffer({ iceRestart: true }));
  },

  async seen() {
    const stats = [...(await this.connection.getStats()).values()];
    const transport = stats.find(({ type }) => type === "transport");
    const pair = stats.find(({ id }) => id === transport?.selectedCandidatePairId);
    return {
      frames: stats.find(({ type, kind }) => type === "inbound-rtp" && kind === "video")?.framesDecoded ?? 0,
      pair: pair?.id ?? "",
      protocol: stats.find(({ id }) => id === pair?.remoteCandidateId)?.protocol ?? "",
      cipher: transport?.srtpCipher ?? "",
    };
  },
};
