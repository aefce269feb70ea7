/** Voice in the chat: off unless the server offers it, and silent until the person agrees. */

import type { AssistantEntry } from "../contract";
import { newId } from "../outbox";
import type { Drawer } from "../storage";
import type { Session } from "../session";
import { Talk } from "../view/talk";
import type { Heard } from "./line";
import { VoiceLine, VoiceRefused } from "./line";
import { DeviceSpeaker, Mouth, ServerSpeaker } from "./mouth";
import type { Speaker } from "./mouth";
import { localVoices } from "./offer";
import type { Offer } from "./offer";
import { canRecord, NoMicrophone, Recorder } from "./recorder";
import { voiceWords } from "./words";

const AGREED = "voice";

export interface VoiceActions {
  /** Put the words into the message box, to be corrected and sent. */
  write(text: string): void;
  /** Send words that must not wait; the server may know them by this id. */
  send(text: string, id: string): void;
  about(): Record<string, string>;
  /** Voice can be used from now on. */
  offered(): void;
}

export class Voice {
  readonly talk: Talk;
  readonly mouth: Mouth;
  private readonly recorder = new Recorder(() => void this.end());
  private speaks = false;
  private server: ServerSpeaker | null = null;
  private device: DeviceSpeaker | null = null;
  /** Grows when what is under way is given up. */
  private turn = 0;
  private readonly words = voiceWords;
  private readonly line: VoiceLine;

  constructor(
    server: string,
    session: Session,
    private readonly drawer: Drawer,
    private readonly actions: VoiceActions,
  ) {
    const { words } = this;
    this.line = new VoiceLine(server, session);
    this.talk = new Talk(
      words,
      {
        begin: () => this.begin(),
        end: () => void this.end(),
        cancel: () => this.cancel(),
        hush: () => this.mouth.stop(),
      },
      () => {
        drawer.set(AGREED, "yes");
        this.talk.button.focus();
        void this.listen();
      },
    );
    this.mouth = new Mouth(
      () => this.speaker(),
      (isOn) => this.talk.speaking(isOn),
      () => this.talk.tell(words.mute),
    );
  }

  /** The server offers voice. */
  open(offer: Offer): void {
    this.speaks = offer.speak;
    this.talk.button.hidden = !(offer.hear && canRecord());
    // Some browsers tell their voices late.
    if (typeof speechSynthesis !== "undefined") speechSynthesis.getVoices();
    if (offer.speak || localVoices().length) this.actions.offered();
  }

  stop(): void {
    this.cancel();
    this.mouth.stop();
  }

  /** Answers are to be read: some browsers want sound begun with a tap. */
  prepare(): void {
    this.speaker();
  }

  /** Read one answer now, or stop reading. */
  read(entry: AssistantEntry): void {
    const wasSpeaking = this.mouth.isSpeaking;
    this.mouth.stop();
    if (!wasSpeaking) this.mouth.say(entry);
  }

  /** Escape: stop reading, and forget what is being recorded. */
  escape(): boolean {
    const isBusy = this.mouth.isSpeaking || this.talk.button.dataset.state === "listening";
    if (isBusy) this.stop();
    return isBusy;
  }

  private begin(): void {
    this.mouth.stop();
    if (this.drawer.get(AGREED) === "yes") void this.listen();
    else this.talk.consent.showModal();
  }

  private async listen(): Promise<void> {
    const turn = (this.turn += 1);
    this.talk.show("asking", this.words.asking);
    try {
      await this.recorder.start();
    } catch (error) {
      const trouble = error instanceof NoMicrophone ? error.trouble : "broken";
      return this.talk.show("idle", this.words.trouble[trouble]);
    }
    if (turn !== this.turn) return void (await this.recorder.stop());
    this.talk.show("listening", this.words.listening);
  }

  private cancel(): void {
    this.turn += 1;
    void this.recorder.stop();
    this.talk.show("idle", "");
  }

  private async end(): Promise<void> {
    const turn = (this.turn += 1);
    this.talk.show("writing", this.words.writing);
    const id = newId();
    try {
      const recording = await this.recorder.stop();
      const heard = await this.line.hear(recording, id, this.actions.about());
      this.take(heard, id, turn === this.turn);
    } catch (error) {
      const told = error instanceof VoiceRefused ? error.refusal?.text : undefined;
      if (turn === this.turn) this.talk.show("idle", told ?? this.words.unreachable);
    }
  }

  /** @param isWanted false if the person has gone on meanwhile; a warning sign counts all the same. */
  private take(heard: Heard, id: string, isWanted: boolean): void {
    const { words } = this;
    if (heard.is_urgent) {
      if (!heard.is_sent) this.actions.send(heard.text, id);
      return this.talk.show("idle", words.urgent);
    }
    if (!isWanted) return;
    if (!heard.text) return this.talk.show("idle", words.nothing);
    this.actions.write(heard.text);
    const told = heard.is_clear ? words.heard(heard.text) : words.unsure(heard.text);
    this.talk.show("idle", heard.is_cut ? `${told} ${words.cut}` : told);
  }

  /** A voice of this device where there is one, else the server's. */
  private speaker(): Speaker | null {
    if (localVoices().length) return (this.device ??= new DeviceSpeaker());
    if (!this.speaks) return null;
    return (this.server ??= new ServerSpeaker((seq) => this.line.say(seq)));
  }
}
