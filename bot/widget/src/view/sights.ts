/** The buttons of a point's card that show where it is, and what they open, loaded on demand. */

import { handPoint } from "../camera/points";
import { h } from "../dom";
import type { Strings } from "../strings";
import type { SightRequest } from "../sight/sight_dialog";
import type { SeenPoint, Sights } from "./cards";

export interface SightActions {
  say(text: string): void;
  /** The words of the warning that stands. */
  warning(): string | null;
}

interface Opened {
  open(): void;
  close(): void;
  yieldToConversation(): void;
}

export class PointSights implements Sights {
  /** Dialogs stand here. */
  readonly element = h("div", { class: "sight" });
  private shown: Opened | null = null;
  /** The person said here that they are or may be pregnant: no point is shown on a hand then. */
  private isPregnant = false;

  constructor(
    private readonly words: Strings,
    private readonly server: string,
    private readonly actions: SightActions,
  ) {}

  buttons(point: SeenPoint): HTMLElement[] {
    const onHand = handPoint(point.code);
    const turn = this.button("turn", this.words.card.turn, async (opener) => {
      const { TurnDialog } = await import("../figure/turn_dialog");
      return new TurnDialog(this.request(point, opener));
    });
    if (!onHand) return [turn];
    const hand = this.button("hand", this.words.card.onHand, async (opener) => {
      const { HandDialog } = await import("../camera/hand_dialog");
      return new HandDialog({
        ...this.request(point, opener),
        point: onHand,
        isPregnant: this.isPregnant,
        tellPregnancy: (said) => {
          this.isPregnant = true;
          this.actions.say(said);
        },
      });
    });
    return [hand, turn];
  }

  /** Show a picture as large as the screen allows. */
  async enlarge(opener: HTMLElement): Promise<void> {
    const image = opener.querySelector("img");
    if (!image) return;
    const { ZoomDialog } = await import("./zoom");
    this.close();
    const root = this.element.getRootNode() as ShadowRoot;
    this.shown = new ZoomDialog(this.words.zoom, image, root, this.element, opener);
    this.shown.open();
  }

  /** Something new was said: what is open makes way. In a new conversation nothing counts. */
  yieldTo(isNewConversation: boolean): void {
    if (isNewConversation) this.isPregnant = false;
    this.shown?.yieldToConversation();
  }

  close(): void {
    this.shown?.close();
    this.shown = null;
  }

  private request(point: SeenPoint, opener: HTMLElement): SightRequest {
    const shown = opener.closest(".point")?.querySelector(".pictures, .picture");
    return {
      code: point.code,
      server: this.server,
      root: this.element.getRootNode() as ShadowRoot,
      place: this.element,
      warning: this.actions.warning(),
      cautions: point.cautions,
      picture: shown?.cloneNode(true) ?? null,
      opener,
    };
  }

  private button(
    kind: string,
    title: string,
    load: (opener: HTMLElement) => Promise<Opened>,
  ): HTMLElement {
    const note = h("span", { class: "result", role: "status" });
    const opener = h(
      "button",
      {
        type: "button",
        class: "chip",
        "data-sight": kind,
        onclick: async () => {
          note.textContent = "";
          try {
            const opened = await load(opener);
            this.close();
            this.shown = opened;
            opened.open();
          } catch {
            note.textContent = this.words.card.sightFailed;
          }
        },
      },
      title,
    );
    return h("span", {}, opener, note);
  }
}
