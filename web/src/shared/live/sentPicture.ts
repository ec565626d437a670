/** How sound and picture are sent: sound first, motion before sharpness, and the first frame soon. */

const maxVideoBitrate = 1_800_000;
/**
 * The first pictures are sent this high. A browser begins with an estimate of 300 kbit/s, at which it
 * drops the first frames of a larger picture one by one until they fit: a fifth of a second of nothing.
 */
const firstHeight = 180;
const usualHeight = 720;
const fullPictureAtBitrate = 700_000;
const fullPictureCheckMs = 300;
const fullPictureChecks = 10;

/** When bandwidth is short it is the picture that gives way. */
export function putSoundFirst(sender: RTCRtpSender): void {
  setParameters(sender, ({ encodings }) => {
    for (const encoding of encodings) encoding.priority = 'high';
  });
}

/** The picture that one connection sends: small at first, whole once there is room for it. */
export class SentPicture {
  readonly #pc: RTCPeerConnection;
  readonly #sender: RTCRtpSender;

  constructor(pc: RTCPeerConnection, sender: RTCRtpSender) {
    this.#pc = pc;
    this.#sender = sender;
    const height = sender.track?.getSettings().height ?? usualHeight;
    setParameters(sender, (parameters) => {
      parameters.degradationPreference = 'maintain-framerate';
      for (const encoding of parameters.encodings) {
        encoding.maxBitrate = maxVideoBitrate;
        encoding.scaleResolutionDownBy = Math.max(1, height / firstHeight);
      }
    });
  }

  /** Sends the whole picture once there is room for it, or leaves it to the browser after a while. */
  grow(checked = 0): void {
    setTimeout(() => {
      void this.#availableBitrate().then((bitrate) => {
        if (this.#pc.connectionState === 'closed') return;
        if (bitrate < fullPictureAtBitrate && checked < fullPictureChecks) {
          this.grow(checked + 1);
          return;
        }
        setParameters(this.#sender, ({ encodings }) => {
          for (const encoding of encodings) encoding.scaleResolutionDownBy = 1;
        });
      });
    }, fullPictureCheckMs);
  }

  /** 0 when it is not known. */
  async #availableBitrate(): Promise<number> {
    let bitrate = 0;
    const stats = await this.#pc.getStats().catch(() => undefined);
    stats?.forEach((stat: { availableOutgoingBitrate?: number }) => {
      bitrate = Math.max(bitrate, stat.availableOutgoingBitrate ?? 0);
    });
    return bitrate;
  }
}

/** What a browser does not know it refuses, and the call goes on without. */
function setParameters(
  sender: RTCRtpSender,
  change: (parameters: RTCRtpSendParameters) => void,
): void {
  const parameters = sender.getParameters();
  change(parameters);
  sender.setParameters(parameters).catch(() => undefined);
}
