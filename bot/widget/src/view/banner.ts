/** The banner of a warning sign: above everything, the action first, and a large button to call. */

import { isShownWhole } from "../alarm";
import type { Alarm } from "../alarm";
import { isRedFlag, replyOf } from "../contract";
import type { QuickReply } from "../contract";
import { h, hasFocus, icon, set } from "../dom";
import { ICONS } from "../icons";
import { markdown, plain } from "../markdown";
import type { Strings } from "../strings";
import { countries, linesOf, nameOf } from "../whereabouts";
import type { Whereabouts } from "../whereabouts";

const DENY = "/deny_red_flags";

export interface BannerActions {
  say(text: string): void;
  /** The banner had the keyboard's place, and is gone. */
  leave(): void;
  /** Where the person may be; the country the server told goes before. */
  whereabouts(told: string | undefined): Whereabouts | null;
  /** The person says where they are. */
  isIn(code: string): void;
}

export class Banner {
  readonly element = h("section", { class: "banner", hidden: true });
  private shown = "";

  constructor(
    private readonly words: Strings,
    private readonly actions: BannerActions,
    private readonly lang = "en",
  ) {
    set(this.element, "aria-label", words.alarm.label);
  }

  /** Show this warning, or none. */
  show(alarm: Alarm | null): void {
    const now = alarm ? `${alarm.entry.seq} ${isShownWhole(alarm)}` : "";
    if (now === this.shown) return;
    this.shown = now;
    if (hasFocus(this.element)) this.actions.leave();
    set(this.element, "hidden", !alarm);
    this.element.replaceChildren();
    if (!alarm) return;
    set(this.element, "data-tier", alarm.tier);
    const { action, rest } = this.content(alarm);
    if (isShownWhole(alarm)) {
      const calling = h("div", { class: "calling" });
      this.offerCall(alarm, calling);
      this.element.append(
        h("h2", {}, action),
        calling,
        h(
          "div",
          { class: "banner-body", tabindex: 0, role: "group", "aria-label": action },
          ...rest,
        ),
        this.waysOn(alarm),
      );
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

  /** The number of where the person is, and a way to say that it is another country. */
  private offerCall(alarm: Alarm, place: HTMLElement): void {
    const { alarm: words } = this.words;
    const reply = replyOf(alarm.entry.message);
    const at = this.actions.whereabouts(reply.call?.country);
    const about = reply.about ?? (isRedFlag(reply.card) ? reply.card.about : undefined);
    const told = reply.call && reply.call.country === at?.code ? reply.call.number : undefined;
    const lines = at ? linesOf(at.code, alarm.tier, about) : [];
    if (!lines.length && told) lines.push({ title: told, digits: told.replace(/[^+\d]/g, "") });
    if (!lines.length && alarm.tier !== "emergency") return;
    const country = at ? nameOf(at.code, this.lang) : "";
    place.replaceChildren(
      ...lines.map((each) =>
        h(
          "a",
          { class: "call", href: `tel:${each.digits}` },
          icon(ICONS.phone),
          h("span", {}, at?.isGuess ? words.callGuessed(each.title, country) : words.call(each.title)),
        ),
      ),
      this.whereLine(alarm, place, country, at?.isGuess ?? false),
    );
  }

  private whereLine(
    alarm: Alarm,
    place: HTMLElement,
    country: string,
    isGuess: boolean,
  ): HTMLElement {
    const { alarm: words } = this.words;
    const choice = h(
      "select",
      { "aria-label": words.choose, hidden: country !== "" },
      h("option", { value: "" }, words.choose),
      ...countries(this.lang).map(([value, name]) => h("option", { value }, name)),
    );
    choice.addEventListener("change", () => {
      if (!choice.value) return;
      const hadFocus = hasFocus(place);
      this.actions.isIn(choice.value);
      this.offerCall(alarm, place);
      if (hadFocus) place.querySelector<HTMLElement>("a, select")?.focus();
    });
    const elsewhere = h(
      "button",
      { type: "button", class: "chip", hidden: country === "" },
      words.elsewhere(country),
    );
    elsewhere.addEventListener("click", () => {
      elsewhere.hidden = true;
      choice.hidden = false;
      choice.focus();
    });
    return h(
      "p",
      { class: "whereabouts" },
      country && h("span", {}, isGuess ? words.guessed : words.there(country)),
      elsewhere,
      choice,
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
          { type: "button", class: "chip", onclick: () => this.actions.say(way.payload) },
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
