/** The banner of a warning sign: above everything, the action first. */

import { isShownWhole } from "../alarm";
import type { Alarm } from "../alarm";
import { isRedFlag, replyOf } from "../contract";
import type { QuickReply } from "../contract";
import { h, hasFocus, icon, set } from "../dom";
import { ICONS } from "../icons";
import { markdown, plain } from "../markdown";
import type { Strings } from "../strings";

const DENY = "/deny_red_flags";

export class Banner {
  readonly element = h("section", { class: "banner", hidden: true });
  private shown = "";

  constructor(
    private readonly words: Strings,
    private readonly say: (text: string) => void,
    /** The banner had the keyboard's place, and is gone. */
    private readonly leave: () => void,
  ) {
    set(this.element, "aria-label", words.alarm.label);
  }

  /** Show this warning, or none. */
  show(alarm: Alarm | null): void {
    const now = alarm ? `${alarm.entry.seq} ${isShownWhole(alarm)}` : "";
    if (now === this.shown) return;
    this.shown = now;
    if (hasFocus(this.element)) this.leave();
    set(this.element, "hidden", !alarm);
    this.element.replaceChildren();
    if (!alarm) return;
    set(this.element, "data-tier", alarm.tier);
    const { action, rest } = this.content(alarm);
    if (isShownWhole(alarm)) {
      this.element.append(
        h("h2", {}, action),
        h(
          "div",
          { class: "banner-body", tabindex: 0, role: "group", "aria-label": action },
          ...rest,
        ),
        this.waysOn(alarm),
      );
      const call = this.call(alarm);
      if (call) this.element.querySelector("h2")!.after(call);
    } else {
      this.element.append(h("details", {}, h("summary", {}, action), ...rest, this.waysOn(alarm)));
    }
  }

  private content({ entry }: Alarm): { action: string; rest: Node[] } {
    const { message } = entry;
    const { card, spoken } = replyOf(message);
    if (isRedFlag(card)) {
      const rest = [
        card.why ? h("p", {}, card.why) : null,
        card.steps.length ? h("ul", {}, ...card.steps.map((step) => h("li", {}, step))) : null,
        card.note ? h("p", { class: "note" }, card.note) : null,
      ];
      return { action: card.action, rest: rest.filter((each) => each !== null) };
    }
    const body = h("div", {}, markdown(message.text ?? spoken ?? "", this.words.opensElsewhere));
    const first = body.querySelector("strong");
    const action = first?.textContent ?? this.words.alarm.label;
    first?.remove();
    return { action, rest: [...body.childNodes] };
  }

  private call({ entry }: Alarm): HTMLElement | null {
    const number = replyOf(entry.message).call?.number;
    const digits = (number ?? "").replace(/[^+\d]/g, "");
    if (!number || !digits) return null;
    return h(
      "a",
      { class: "call", href: `tel:${digits}` },
      icon(ICONS.phone),
      this.words.alarm.call(number),
    );
  }

  private waysOn({ entry }: Alarm): HTMLElement {
    const ways: QuickReply[] = (entry.message.buttons ?? []).filter((each) =>
      each.payload.startsWith("/"),
    );
    if (!ways.some((each) => each.payload === DENY)) {
      ways.push({ title: this.words.alarm.wrong, payload: this.words.alarm.wrong });
    }
    return h(
      "div",
      { class: "ways" },
      ...ways.map((way) =>
        h(
          "button",
          { type: "button", class: "chip", onclick: () => this.say(way.payload) },
          way.title,
        ),
      ),
    );
  }
}

/** What is said aloud at once. */
export function alertText(alarm: Alarm): string {
  return plain(alarm.entry.message.text ?? replyOf(alarm.entry.message).spoken ?? "");
}
