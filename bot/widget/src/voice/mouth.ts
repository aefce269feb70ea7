/** Reads answers aloud: by a voice of this device, else by the server's. Never by one of a cloud. */

import { replyOf } from "../contract";
import type { AssistantEntry } from "../contract";
import { plain } from "../markdown";
import { localVoices } from "./offer";

export interface Speaker {
  /** Say it; settles when it is over or was stopped. */
  say(entry: AssistantEntry): Promise<void>;
  stop(): void;
}

/** What is said of an answer: its form for the ear, else its words without marks. */
export function spokenForm(entry: AssistantEntry): string {
  const reply = replyOf(entry.message);
  return reply.spoken || plain(entry.message.text ?? reply.written ?? "");
}

const isWarning = (entry: AssistantEntry): boolean => replyOf(entry.message).kind === "red_flag";

/** Says one answer after the other; a warning comes first. */
export class Mouth {
  private waiting: AssistantEntry[] = [];
  private present: AssistantEntry | null = null;
  private turn = 0;

  /**
   * @param speaker who speaks now; null where nobody can.
   * @param changed told when it begins and when it is silent again.
   * @param failed told when an answer could not be said.
   */
  constructor(
    private readonly speaker: () => Speaker | null,
    private readonly changed: (isSpeaking: boolean) => void,
    private readonly failed: () => void,
  ) {}

  get isSpeaking(): boolean {
    return this.present !== null;
  }

  say(entry: AssistantEntry): void {
    if (isWarning(entry) && this.present && !isWarning(this.present)) this.stop();
    this.waiting = isWarning(entry) ? [entry, ...this.waiting] : [...this.waiting, entry];
    if (!this.present) void this.run();
  }

  /** Be silent, at once. */
  stop(): void {
    this.turn += 1;
    this.waiting = [];
    this.speaker()?.stop();
    if (!this.present) return;
    this.present = null;
    this.changed(false);
  }

  private async run(): Promise<void> {
    const turn = this.turn;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      this.present = next;
      this.changed(true);
      try {
        await this.speaker()?.say(next);
      } catch {
        if (turn === this.turn) this.failed();
      }
      if (turn !== this.turn) return;
    }
    this.present = null;
    this.changed(false);
  }
}

/** A voice of this device. */
export class DeviceSpeaker implements Speaker {
  say(entry: AssistantEntry): Promise<void> {
    const [voice] = localVoices();
    // Sentence by sentence: some browsers fall silent in long texts.
    const sentences = spokenForm(entry).split(/(?<=[.?!])\s+/);
    return new Promise((resolve, reject) => {
      sentences.forEach((sentence, i) => {
        const said = new SpeechSynthesisUtterance(sentence);
        if (voice) said.voice = voice;
        said.lang = voice?.lang ?? "en";
        if (isWarning(entry)) said.rate = 0.85;
        said.onerror = () => reject(new Error("the device could not speak"));
        if (i === sentences.length - 1) said.onend = () => resolve();
        speechSynthesis.speak(said);
      });
    });
  }

  stop(): void {
    speechSynthesis.cancel();
  }
}

/** The server's voice. */
export class ServerSpeaker implements Speaker {
  private readonly audio = new AudioContext();
  private source: AudioBufferSourceNode | null = null;
  private turn = 0;

  constructor(private readonly fetchSound: (seq: number) => Promise<ArrayBuffer>) {}

  async say(entry: AssistantEntry): Promise<void> {
    const turn = (this.turn += 1);
    if (this.audio.state === "suspended") void this.audio.resume();
    const sound = await this.audio.decodeAudioData(await this.fetchSound(entry.seq));
    if (turn !== this.turn) return;
    await new Promise<void>((resolve) => {
      this.source = this.audio.createBufferSource();
      this.source.buffer = sound;
      this.source.connect(this.audio.destination);
      this.source.onended = () => resolve();
      this.source.start();
    });
  }

  stop(): void {
    this.turn += 1;
    this.source?.stop();
    this.source = null;
  }
}
