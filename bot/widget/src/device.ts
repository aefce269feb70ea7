/** Sound, vibration and the screen's light. Each is left out quietly where there is none. */

let audio: AudioContext | null = null;

/** Browsers allow sound only after a touch: call this from one. */
export function allowSound(): void {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") void audio.resume();
  } catch {
    audio = null;
  }
}

/** Two soft tones: the time is up. */
export function chime(): void {
  if (!audio || audio.state !== "running") return;
  [660, 880].forEach((pitch, i) => tone(audio!, pitch, audio!.currentTime + i * 0.22));
}

export function vibrate(): void {
  try {
    navigator.vibrate?.([180, 90, 180]);
  } catch {
    // A person who has not touched the page yet is not shaken.
  }
}

function tone(context: AudioContext, pitch: number, at: number): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.25, at + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.45);
}

/** Keeps the screen lit while a session runs; asks again when the page is seen again. */
export class Light {
  private lock: WakeLockSentinel | null = null;
  private isWanted = false;

  constructor() {
    document.addEventListener("visibilitychange", this.again);
  }

  want(isWanted: boolean): void {
    this.isWanted = isWanted;
    if (isWanted) void this.hold();
    else this.release();
  }

  stop(): void {
    this.want(false);
    document.removeEventListener("visibilitychange", this.again);
  }

  private readonly again = (): void => {
    if (this.isWanted) void this.hold();
  };

  private async hold(): Promise<void> {
    if (this.lock || document.visibilityState !== "visible") return;
    try {
      const lock = await navigator.wakeLock?.request("screen");
      if (!lock) return;
      this.lock = lock;
      lock.addEventListener("release", () => {
        if (this.lock === lock) this.lock = null;
      });
      if (!this.isWanted) this.release();
    } catch {
      // Refused, for example on low battery: the session goes on without.
    }
  }

  private release(): void {
    void this.lock?.release().catch(() => undefined);
    this.lock = null;
  }
}
