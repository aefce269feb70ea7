/** The cards of reminders: one that is due, the list of them, the calendar (docs/cards.md). */

import { h } from "../dom";
import type { Notifications, NoticeState } from "../notifications";
import type { Strings } from "../strings";
import { capital, records, text } from "./fields";
import type { Fields } from "./fields";

export interface ReminderContext {
  words: Strings;
  server: string;
  say(text: string): void;
  notifications?: Notifications | undefined;
}

/** What a card about reminders shows; null for other cards. */
export function reminderContent(card: Fields, context: ReminderContext): HTMLElement | null {
  if (card.type === "reminder") return due(card, context);
  if (card.type === "reminder_list") return listed(card, context);
  if (card.type === "reminder_calendar") return calendar(card, context);
  return null;
}

function due(card: Fields, context: ReminderContext): HTMLElement {
  const { words } = context;
  return h(
    "div",
    { class: "reminder" },
    h(
      "div",
      { class: "card-head" },
      h("strong", {}, text(card.title)),
      h("span", { class: "english" }, card.missed ? words.reminder.missed : words.reminder.due),
    ),
    moment(text(card.due)),
    controls(card, context, text(card.title)),
  );
}

function listed(card: Fields, context: ReminderContext): HTMLElement {
  const { words } = context;
  return h(
    "div",
    { class: "reminders" },
    h(
      "ol",
      { class: "points" },
      ...records(card.reminders).map((each) =>
        h(
          "li",
          {},
          h("strong", {}, capital(text(each.when))),
          h("p", {}, capital(text(each.what))),
          each.paused
            ? h("p", { class: "caution" }, words.reminder.paused)
            : text(each.next) && h("p", {}, `${words.reminder.next} `, moment(text(each.next))),
          controls(each, context, words.reminder.number(Number(each.number))),
        ),
      ),
    ),
    notices(context),
  );
}

function calendar(card: Fields, context: ReminderContext): HTMLElement | null {
  const { words } = context;
  const url = new URL(text(card.address), `${context.server}/`);
  if (url.origin !== new URL(context.server).origin) return null;
  const result = h("span", { class: "result", role: "status" });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url.href);
      result.textContent = words.actions.copied;
    } catch {
      result.textContent = words.actions.copyFailed;
    }
  };
  return h(
    "div",
    { class: "reminder" },
    h("div", { class: "card-head" }, h("strong", {}, words.reminder.calendar)),
    h(
      "div",
      { class: "row" },
      h("a", { class: "chip", href: url.href, download: "reminders.ics" }, words.reminder.download),
      h("button", { type: "button", class: "chip", onclick: () => void copy() }, words.reminder.copy),
      ...buttons(card, context, ""),
    ),
    result,
  );
}

function controls(card: Fields, context: ReminderContext, about: string): HTMLElement | null {
  const each = buttons(card, context, about);
  return each.length ? h("div", { class: "row" }, ...each) : null;
}

function buttons(card: Fields, context: ReminderContext, about: string): HTMLElement[] {
  return records(card.controls).map((control) =>
    h(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-label": about ? `${text(control.title)}: ${about}` : null,
        onclick: () => context.say(text(control.say)),
      },
      text(control.title),
    ),
  );
}

/** The button that turns the notifications of this browser on and off. */
function notices(context: ReminderContext): HTMLElement | null {
  const { notifications, words } = context;
  if (!notifications?.isPossible) return null;
  const told = h("p", { role: "status" });
  const button = h("button", { type: "button", class: "chip notices", hidden: true });
  let isOn = false;
  const show = (state: NoticeState): void => {
    isOn = state === "on";
    button.hidden = state === "denied";
    button.textContent = isOn ? words.reminder.noticesOff : words.reminder.noticesOn;
    button.setAttribute("aria-pressed", String(isOn));
  };
  button.addEventListener("click", () => {
    const wasOn = isOn;
    void (isOn ? notifications.turnOff() : notifications.turnOn()).then((state) => {
      show(state);
      told.textContent =
        state === "on"
          ? words.reminder.noticesAreOn
          : wasOn
            ? words.reminder.noticesAreOff
            : words.reminder.noticesFailed;
    });
  });
  void notifications.state().then(show);
  return h("div", { class: "row" }, button, told);
}

function moment(iso: string): HTMLElement | null {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return null;
  const isToday = date.toDateString() === new Date().toDateString();
  const format = isToday
    ? ({ hour: "numeric", minute: "2-digit" } as const)
    : ({ weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" } as const);
  return h("time", { datetime: iso }, new Intl.DateTimeFormat("en", format).format(date));
}
