/** The custom element `<acupoint-chat>`: the frame around a conversation, inline or behind a launcher. */

import { Chat } from "./chat";
import type { Entry } from "./contract";
import { fill, h, icon, set, svg } from "./dom";
import { ICONS } from "./icons";
import { ATTRIBUTES, readOptions } from "./options";
import type { Options } from "./options";
import { strings } from "./strings";
import css from "./style.css?inline";
import { confirmation, menu } from "./view/menu";
import { showTone, shownTone, TONES } from "./view/pictures";

export const NAME = "acupoint-chat";

let sheet: CSSStyleSheet | null = null;

/** The styles, made without a style tag: a strict Content-Security-Policy lets them be. */
function styles(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  return sheet;
}

export class AcupointChat extends HTMLElement {
  static readonly observedAttributes = ["data-title", "data-theme"];
  /** Where the script came from; the assistant lives there unless `server` says otherwise. */
  static origin = location.origin;

  private readonly deviceIsDark = matchMedia("(prefers-color-scheme: dark)");
  private readonly deviceHasContrast = matchMedia("(prefers-contrast: more)");
  private readonly root = this.attachShadow({ mode: "open" });
  private chat: Chat | null = null;
  private options!: Options;
  private frame!: HTMLElement;
  private heading!: HTMLElement;
  private launcher: HTMLButtonElement | null = null;
  private badge!: HTMLElement;
  private map: HTMLDialogElement | null = null;
  private unread = 0;
  private isStarted = false;

  connectedCallback(): void {
    if (this.chat) return;
    this.root.adoptedStyleSheets = [styles()];
    this.options = readOptions((name) => this.getAttribute(`data-${name}`), AcupointChat.origin);
    this.chat = new Chat(this.options, {
      state: (state) => this.emit("state", { state }),
      message: (entry, isLive) => this.heard(entry, isLive),
      redFlag: (detail) => this.emit("redflag", detail),
      showMap: () => void this.showMap(),
    });
    showTone(this.chat.tone);
    this.build(this.chat);
    // Behind a launcher nothing is asked of the server before the person opens it, unless there is
    // a conversation that may go on.
    if (this.options.mode === "inline" || this.chat.isKnown) this.begin();
    this.emit("ready", {});
  }

  disconnectedCallback(): void {
    this.chat?.stop();
    this.chat = null;
    this.deviceIsDark.removeEventListener("change", this.dress);
    this.deviceHasContrast.removeEventListener("change", this.dress);
    this.isStarted = false;
    this.root.replaceChildren();
  }

  attributeChangedCallback(): void {
    if (!this.chat) return;
    this.options = readOptions((name) => this.getAttribute(`data-${name}`), AcupointChat.origin);
    this.heading.textContent = this.options.title ?? strings.title;
    this.dress();
  }

  /** Light or dark: what the page asked for, else as the person's device has it. */
  private readonly dress = (): void => {
    const { theme } = this.options;
    const wanted = theme === "auto" ? (this.deviceIsDark.matches ? "dark" : "light") : theme;
    const app = this.root.querySelector(".app")!;
    set(app, "data-theme", wanted);
    set(app, "data-contrast", this.chat?.contrast ?? this.deviceHasContrast.matches);
  };

  get isOpen(): boolean {
    return !this.frame?.hidden;
  }

  /** Show the chat; the person's place is in the message box then. */
  open(): void {
    if (!this.launcher || this.isOpen) return;
    this.frame.hidden = false;
    this.root.querySelector(".app")!.classList.add("is-open");
    set(this.launcher, "aria-expanded", "true");
    this.count(0);
    this.begin();
    this.chat?.composer.focus();
    this.chat?.scroller.toEnd();
    this.emit("open", {});
  }

  close(): void {
    if (!this.launcher || !this.isOpen) return;
    this.frame.hidden = true;
    this.root.querySelector(".app")!.classList.remove("is-open");
    set(this.launcher, "aria-expanded", "false");
    this.launcher.focus();
    this.emit("close", {});
  }

  /** Say something as the person, for example from a button of the page. */
  send(text: string): void {
    this.begin();
    this.chat?.say(text);
  }

  /** Begin a new conversation, without asking first. */
  newConversation(): void {
    void this.chat?.fresh();
  }

  private begin(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.chat?.start();
  }

  private build(chat: Chat): void {
    const { options } = this;
    this.heading = h("h2", { class: "heading" }, options.title ?? strings.title);
    const fresh = confirmation(strings.fresh, () => void chat.fresh());
    const erase = confirmation(strings.erase, () => chat.erase());
    const header = h(
      "div",
      { class: "header" },
      mark(),
      h("div", { class: "names" }, this.heading, h("p", {}, strings.subtitle)),
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "aria-label": strings.bodyMap.open,
          title: strings.bodyMap.open,
          "aria-haspopup": "dialog",
          onclick: () => void this.showMap(),
        },
        icon(ICONS.body),
      ),
      menu(strings.menu.label, [
        this.setting(strings.menu.times, "data-times"),
        this.setting(strings.menu.bigger, "data-big"),
        ...TONES.map((tone) => ({
          title: strings.menu.tones[tone],
          isOn: () => shownTone() === tone,
          run: () => {
            chat.tone = tone;
            showTone(tone, this.frame);
          },
        })),
        {
          title: strings.voice.aloud,
          isOn: () => chat.voice.isAloud,
          isOffered: () => chat.canSpeak,
          run: () => chat.voice.toggleAloud(),
        },
        {
          title: strings.menu.contrast,
          isOn: () => this.root.querySelector(".app")!.hasAttribute("data-contrast"),
          run: () => {
            chat.contrast = !this.root.querySelector(".app")!.hasAttribute("data-contrast");
            this.dress();
          },
        },
        { title: strings.menu.sheet, run: () => void chat.sheet().catch(() => undefined) },
        { title: strings.menu.fresh, run: () => fresh.showModal() },
        { title: strings.menu.erase, run: () => erase.showModal() },
      ]),
      options.mode === "launcher" &&
        h(
          "button",
          {
            type: "button",
            class: "tool",
            "aria-label": strings.close,
            title: strings.close,
            onclick: () => this.close(),
          },
          icon(ICONS.close),
        ),
    );
    this.frame = h(
      "div",
      { class: "frame", lang: options.lang, dir: options.rtl ? "rtl" : "ltr" },
      chat.banner.element,
      header,
      h("div", { class: "middle" }, chat.scroller.element, chat.scroller.newer),
      chat.stage.element,
      chat.status.element,
      chat.voice.line,
      chat.composer.element,
      chat.announcer.element,
      chat.sights.element,
      chat.voice.consent,
      fresh,
      erase,
    );
    const app = h(
      "div",
      { class: `app is-${options.mode}` },
      this.frame,
    );
    this.frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && chat.voice.escape()) event.stopImmediatePropagation();
    });
    if (options.mode === "launcher") this.addLauncher(app);
    fill(this.root as unknown as Element, app);
    this.dress();
    this.deviceIsDark.addEventListener("change", this.dress);
    this.deviceHasContrast.addEventListener("change", this.dress);
  }

  /** The body map comes over the line when it is opened for the first time. */
  private async showMap(): Promise<void> {
    const { bodyMap } = await import("./view/body_map");
    if (!this.chat) return;
    if (!this.map?.isConnected) {
      const say = (text: string): void => this.send(text);
      this.map = bodyMap({ words: strings, server: this.options.server, say }, this.root);
      this.frame.append(this.map);
    }
    this.map.showModal();
  }

  private addLauncher(app: HTMLElement): void {
    this.badge = h("span", { class: "badge", hidden: true, "aria-hidden": "true" });
    this.launcher = h(
      "button",
      {
        type: "button",
        class: "launcher",
        "aria-label": strings.open,
        "aria-expanded": "false",
        lang: this.options.lang,
        onclick: () => (this.isOpen ? this.close() : this.open()),
      },
      icon(ICONS.chat),
      this.badge,
    );
    this.frame.hidden = true;
    set(this.frame, "role", "dialog");
    set(this.frame, "aria-label", this.options.title ?? strings.title);
    this.frame.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
    set(app, "role", "complementary");
    set(app, "aria-label", this.options.title ?? strings.title);
    app.append(this.launcher);
  }

  private setting(
    title: string,
    attribute: string,
  ): { title: string; isOn(): boolean; run(): void } {
    return {
      title,
      isOn: () => this.frame.hasAttribute(attribute),
      run: () => this.frame.toggleAttribute(attribute),
    };
  }

  private heard(entry: Entry, isLive: boolean): void {
    if (isLive && entry.from === "assistant" && this.launcher && !this.isOpen) {
      this.count(this.unread + 1);
    }
    if (isLive) this.emit("message", { seq: entry.seq, from: entry.from });
  }

  private count(unread: number): void {
    this.unread = unread;
    this.badge.hidden = unread === 0;
    this.badge.textContent = unread > 9 ? "9+" : String(unread);
    set(this.launcher!, "aria-label", unread ? strings.openUnread(unread) : strings.open);
  }

  /** Tell the page; never what was said. */
  private emit(name: string, detail: object): void {
    this.dispatchEvent(
      new CustomEvent(`acupoint:${name}`, { detail, bubbles: true, composed: true }),
    );
  }
}

/** The mark: a hand's pressure as rings around a point. */
const mark = (): SVGElement =>
  svg(
    "svg",
    { class: "logo", viewBox: "0 0 32 32", "aria-hidden": "true", focusable: "false" },
    svg("circle", { class: "mark-ground", cx: 16, cy: 16, r: 16 }),
    svg("circle", { class: "mark-ring", cx: 16, cy: 16, r: 9.5 }),
    svg("circle", { class: "mark-point", cx: 16, cy: 16, r: 4.5 }),
  );

/** The element that a script tag asks for. */
export function fromScript(script: HTMLScriptElement): HTMLElement {
  const element = document.createElement(NAME);
  for (const name of ATTRIBUTES) {
    const value = script.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(`data-${name}`, value);
  }
  return element;
}
