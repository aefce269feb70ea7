/** Registers the element and, for a script tag that asks for one, puts it into the page. */

import { AcupointChat, fromScript, NAME } from "./element";

/** @param script the tag that loaded the widget. */
export function start(script: HTMLScriptElement): void {
  AcupointChat.origin = new URL(script.src, location.href).origin;
  if (!customElements.get(NAME)) customElements.define(NAME, AcupointChat);
  // A page that places the element itself needs no second one.
  if (document.querySelector(NAME)) return;
  const element = fromScript(script);
  const target = script.dataset.target ? document.querySelector(script.dataset.target) : null;
  if (target) target.append(element);
  else if (script.dataset.mode === "inline" && script.parentElement?.closest("body"))
    script.after(element);
  else if (document.body) document.body.append(element);
  else addEventListener("DOMContentLoaded", () => document.body.append(element), { once: true });
}
