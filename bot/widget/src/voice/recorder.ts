/** Records the microphone, until it is told to stop or half a minute is over. */

export const LONGEST_MS = 28_000;
const SPEECH_BITS = 32_000;
const FORMS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];

export type Trouble = "denied" | "missing" | "broken";

/** There is no recording, and why. */
export class NoMicrophone extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

/** Whether this browser, on this page, can record at all. */
export const canRecord = (): boolean =>
  typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);

export class Recorder {
  private recorder: MediaRecorder | null = null;
  private parts: Blob[] = [];
  private timer = 0;

  /** @param full called when the time is over. */
  constructor(private readonly full: () => void) {}

  async start(): Promise<void> {
    const stream = await microphone();
    try {
      const mimeType = FORMS.find((form) => MediaRecorder.isTypeSupported(form));
      this.parts = [];
      this.recorder = new MediaRecorder(stream, {
        ...(mimeType ? { mimeType } : {}),
        audioBitsPerSecond: SPEECH_BITS,
      });
      this.recorder.addEventListener("dataavailable", (event) => this.parts.push(event.data));
      this.recorder.start();
    } catch {
      release(stream);
      this.recorder = null;
      throw new NoMicrophone("broken");
    }
    this.timer = window.setTimeout(this.full, LONGEST_MS);
  }

  /** The recording; the microphone is let go. */
  async stop(): Promise<Blob> {
    const { recorder } = this;
    this.recorder = null;
    clearTimeout(this.timer);
    if (!recorder) return new Blob();
    if (recorder.state !== "inactive") {
      const stopped = new Promise((resolve) => recorder.addEventListener("stop", resolve));
      recorder.stop();
      await stopped;
    }
    release(recorder.stream);
    const recording = new Blob(this.parts, { type: recorder.mimeType });
    this.parts = [];
    return recording;
  }
}

async function microphone(): Promise<MediaStream> {
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") throw new NoMicrophone("denied");
    throw new NoMicrophone(name === "NotFoundError" ? "missing" : "broken");
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
