/** The menu in the header, and the questions before something cannot be undone. */

import { h, icon, set } from "../dom";
import { ICONS } from "../icons";

export interface MenuItem {
  title: string;
  /** For a setting: whether it is on. */
  isOn?: () => boolean;
  /** Whether it is offered at all, now. */
  isOffered?: () => boolean;
  run(): void;
}

/** A button that opens a list of buttons. Escape closes it and goes back to the button. */
export function menu(label: string, items: readonly MenuItem[]): HTMLElement {
  const opener = h(
    "button",
    { type: "button", class: "tool", "aria-label": label, title: label, "aria-expanded": "false" },
    icon(ICONS.menu),
  );
  const list = h("div", { class: "menu-list", hidden: true });
  const box = h("div", { class: "menu" }, opener, list);
  const open = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    set(opener, "aria-expanded", String(isOpen));
    if (isOpen) draw();
  };
  const draw = (): void =>
    list.replaceChildren(
      ...items.map((item) =>
        h(
          "button",
          {
            type: "button",
            "aria-pressed": item.isOn ? String(item.isOn()) : null,
            hidden: item.isOffered ? !item.isOffered() : null,
            onclick: () => {
              item.run();
              if (item.isOn) return showSettings();
              open(false);
            },
          },
          item.title,
        ),
      ),
    );
  // One setting may switch another off, such as the skin tones.
  const showSettings = (): void =>
    items.forEach((item, i) => {
      const button = list.children[i];
      if (button && item.isOn) set(button, "aria-pressed", String(item.isOn()));
    });
  opener.addEventListener("click", () => open(list.hidden));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget as Node)) open(false);
  });
  return box;
}

export interface Question {
  title: string;
  text: string;
  yes: string;
  no: string;
}

/** Ask before doing something that cannot be undone. The safe answer has the focus. */
export function confirmation(question: Question, act: () => void): HTMLDialogElement {
  const close = (isYes: boolean) => (): void => {
    dialog.close();
    if (isYes) act();
  };
  const no = h(
    "button",
    { type: "button", class: "chip", autofocus: true, onclick: close(false) },
    question.no,
  );
  const dialog = h(
    "dialog",
    { class: "question", "aria-label": question.title },
    h("h2", {}, question.title),
    h("p", {}, question.text),
    h(
      "div",
      { class: "row" },
      no,
      h("button", { type: "button", class: "primary", onclick: close(true) }, question.yes),
    ),
  );
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") event.stopPropagation();
  });
  return dialog;
}
