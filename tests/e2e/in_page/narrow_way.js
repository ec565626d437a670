// Runs before the page's own code: what the page learns of others' UDP addresses is led through the test, or withheld.
// `window.narrowWay` is set by the test: { proxied: true } and/or { withoutUdp: true }.
(() => {
  const { prototype } = RTCPeerConnection;
  const take = prototype.setRemoteDescription;
  const add = prototype.addIceCandidate;
  const words = (line) => line.replace(/^a=/, '').split(' ');
  const isUdp = (line) => words(line)[2]?.toLowerCase() === 'udp';

  // The line to be used instead; nothing when it shall not be known.
  async function led(line, ofRelay) {
    if (!isUdp(line)) return line;
    if (window.narrowWay.withoutUdp) return null;
    if (ofRelay || !window.narrowWay.proxied) return line;
    const parts = line.split(' ');
    if (!/^\d+\.\d+\.\d+\.\d+$/.test(parts[4])) return null;
    parts[5] = String(await window.wayTo(parts[4], Number(parts[5])));
    parts[4] = '127.0.0.1';
    return parts.join(' ');
  }

  prototype.setRemoteDescription = async function (description) {
    const { type, sdp = '' } = description;
    const ofRelay = sdp.includes('a=ice-lite');
    const lines = [];
    for (const line of sdp.split('\r\n')) {
      const kept = line.startsWith('a=candidate:') ? await led(line, ofRelay) : line;
      if (kept !== null) lines.push(kept);
    }
    return take.call(this, { type, sdp: lines.join('\r\n') });
  };

  prototype.addIceCandidate = async function (candidate) {
    const kept = candidate?.candidate ? await led(candidate.candidate, false) : candidate?.candidate;
    if (kept === null) return undefined;
    return add.call(this, { ...candidate, candidate: kept });
  };
})();
