import { beforeEach, describe, expect, it, vi } from "vitest";

import { assistant, flag, person, step } from "../samples";
import { strings } from "../strings";
import { Announcer } from "./announcer";
import { Banner } from "./banner";
import { cardView, withdraw } from "./cards";
import { showTone } from "./pictures";
import { split } from "./told";
import { fold } from "./fold";
import { Messages, parts } from "./messages";
import { SessionStage } from "./session_stage";

const actions = {
  say: vi.fn(),
  vote: vi.fn(async () => true),
  again: vi.fn(),
    read: vi.fn(),
  retry: vi.fn(),
  edit: vi.fn(),
};
const messages = (): Messages =>
  new Messages(
    strings,
    "en",
    "https://host.example",
    actions,
    (text) => text,
    () => "asked",
  );
const point = {
  type: "point",
  code: "LI4",
  name: "Hégǔ",
  english: "Joining Valley",
  where: "On the hand.",
  find: ["One", "Two"],
  press: ["Press"],
  hold_seconds: [30, 60],
  sides: "both",
  cautions: [{ text: "Not when pregnant.", important: true }],
  sources: [{ title: "A standard", kind: "standard" }],
  unheard_of: { x: 1 },
};
const context = { words: strings, server: "https://host.example" };

beforeEach(() => vi.clearAllMocks());

describe("an answer", () => {
  it("shows its guidance apart, and once", () => {
    expect(parts("Press it.\n\n_See a doctor._", "See a doctor.")).toEqual({
      body: "Press it.",
      guidance: "See a doctor.",
    });
    expect(parts("Press it. See a doctor.", "See a doctor.").guidance).toBe("");
    expect(parts("Press it.", "See a doctor.").guidance).toBe("See a doctor.");
  });

  it("that is empty is a failure with a way on", () => {
    const row = messages().show({ ...assistant(2), message: { text: " " } });
    expect(row.textContent).toContain("no answer came");
    expect(row.textContent).toContain("see a doctor");
    row.querySelector("button")!.click();
    expect(actions.again).toHaveBeenCalledOnce();
  });

  it("keeps used quick replies to be seen, and lets them do nothing", () => {
    const list = messages();
    const entry = assistant(2);
    entry.message.buttons = [
      { title: "Where?", payload: "Where?" },
      { title: "How?", payload: "How?" },
    ];
    const [where, how] = list.show(entry).querySelectorAll<HTMLButtonElement>(".replies button");
    where!.click();
    how!.click();
    where!.click();
    expect(actions.say.mock.calls).toEqual([["Where?"]]);
    expect(how!.getAttribute("aria-disabled")).toBe("true");
    expect(how!.disabled).toBe(false);
    expect(where!.classList.contains("chosen")).toBe(true);
  });

  it("stands in its place although it came late", () => {
    const list = messages();
    for (const entry of [person(1), assistant(4), person(3), assistant(2)]) list.show(entry);
    const order = [...list.list.querySelectorAll<HTMLElement>(".message")].map(
      (row) => row.dataset.seq,
    );
    expect(order).toEqual(["1", "2", "3", "4"]);
  });

  it("takes the place of what was waiting to be sent", () => {
    const list = messages();
    const item = { id: "id-1", text: "hello", at: 0 };
    const waiting = list.showPending(item, "waiting");
    expect(list.show(person(1, "hello", "id-1"))).toBe(waiting);
    expect(list.list.children).toHaveLength(1);
    expect(waiting.textContent).not.toContain(strings.message.waiting);
  });

  it("asks for the reason of a thumb down, and sends it", async () => {
    const row = messages().show(assistant(2));
    row.querySelector<HTMLButtonElement>(".vote-down")!.click();
    await vi.waitFor(() => expect(row.querySelector("form")).not.toBeNull());
    row.querySelector("textarea")!.value = "too long";
    row.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
    await vi.waitFor(() => expect(row.textContent).toContain(strings.feedback.thanks));
    expect(actions.vote.mock.calls).toEqual([
      [2, "down", undefined],
      [2, "down", "too long"],
    ]);
  });
});

describe("folding", () => {
  const body = (...texts: string[]): HTMLElement => {
    const element = document.createElement("div");
    for (const text of texts)
      element.append(Object.assign(document.createElement("p"), { textContent: text }));
    return element;
  };
  const long = "Some people like it. ".repeat(30);

  it("leaves short answers alone", () => {
    expect(fold(body("Short."), strings)).toBeNull();
  });

  it("folds what is long, and shows it when asked", () => {
    const element = body(long, long);
    const button = fold(element, strings)!;
    expect((element.children[1] as HTMLElement).hidden).toBe(true);
    button.click();
    expect((element.children[1] as HTMLElement).hidden).toBe(false);
    expect(button.getAttribute("aria-expanded")).toBe("true");
  });

  it("never folds what warns", () => {
    const element = body(
      long,
      "Do not press this if you are pregnant.",
      long,
      "Ask your doctor first.",
    );
    fold(element, strings);
    expect([...element.children].map((block) => (block as HTMLElement).hidden)).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});

describe("cards of reminders", () => {
  const shown = async (...told: Parameters<typeof cardView>): Promise<HTMLElement> => {
    const card = cardView(...told)!;
    await vi.waitFor(() => expect(card.firstElementChild?.childElementCount).toBeGreaterThan(0));
    return card;
  };

  const controls = [{ id: "snooze", title: "In 10 minutes", say: "Snooze for 10 minutes" }];

  it("are due with buttons that speak for the person, and tell what was missed", async () => {
    const say = vi.fn();
    const due = { type: "reminder", title: "Press with care", due: "2026-03-30T05:30:00Z", controls };
    const card = await shown({ ...due, missed: true }, { ...context, say });
    expect(card.textContent).toContain("You missed this");
    const button = card.querySelector("button")!;
    expect(button.getAttribute("aria-label")).toBe("In 10 minutes: Press with care");
    button.click();
    expect(say).toHaveBeenCalledWith("Snooze for 10 minutes");
    expect((await shown({ ...due, missed: false }, context)).textContent).not.toContain("missed");
  });

  it("are listed with their numbers, and offer no notifications where there can be none", async () => {
    const each = { number: 2, when: "every day at noon", what: "to drink", paused: true, controls };
    const card = await shown({ type: "reminder_list", reminders: [each] }, context);
    expect(card.textContent).toContain("Every day at noon");
    expect(card.textContent).toContain("Paused");
    expect(card.querySelector(".notices")).toBeNull();
  });

  it("lead to a calendar of the assistant's own server and nowhere else", async () => {
    const card = { type: "reminder_calendar", address: "/reminders/secret.ics", controls: [] };
    const link = (await shown(card, context)).querySelector("a")!;
    expect(link.href).toBe("https://host.example/reminders/secret.ics");
    const elsewhere = { ...card, address: "https://evil.example/x.ics" };
    const holder = document.createElement("div");
    holder.append(cardView(elsewhere, context)!);
    await vi.waitFor(() => expect(holder.childElementCount).toBe(0));
  });
});

describe("cards", () => {
  it("show what they have, whatever else they hold", () => {
    const text = cardView(point, context)!.textContent!;
    for (const each of [
      "LI4",
      "Hégǔ",
      "30 to 60 seconds",
      "both sides",
      "Not when pregnant.",
      "A standard",
    ]) {
      expect(text).toContain(each);
    }
  });

  it("show cautions without a tap", () => {
    const card = cardView(point, context)!;
    expect(card.querySelector(".important")!.closest("details")).toBeNull();
  });

  it("do not say a caution again that the answer's words have said", () => {
    const cautions = [{ text: "Do not press when pregnant.", short: "Not when pregnant.", important: true }];
    const open = (said: string): string | undefined =>
      cardView({ ...point, cautions }, { ...context, said })!.querySelector(":scope > .point > .important")
        ?.textContent ?? undefined;
    expect(open("On the hand.\nNot when pregnant.")).toBeUndefined();
    expect(open("On the hand.")).toBe("Not when pregnant.");
  });

  it("show how and more at a tap, one at a time", () => {
    const card = cardView(point, context)!;
    const [how, more] = card.querySelectorAll<HTMLButtonElement>(".actions [aria-expanded]");
    const [first, second] = card.querySelectorAll<HTMLElement>(".panel");
    how!.click();
    expect([first!.hidden, second!.hidden]).toEqual([false, true]);
    more!.click();
    expect([first!.hidden, second!.hidden]).toEqual([true, false]);
    expect(how!.getAttribute("aria-expanded")).toBe("false");
  });

  it("time one hold, and stop when they are put away", () => {
    vi.useFakeTimers();
    const card = cardView({ ...point, stop_when: "if it hurts." }, context)!;
    document.body.append(card);
    const start = card.querySelector<HTMLButtonElement>(".start")!;
    const ring = card.querySelector<HTMLElement>(".timer")!;
    const line = card.querySelector(".press-line")!;
    start.click();
    expect([ring.hidden, line.textContent]).toEqual([false, "Stop if it hurts."]);
    vi.advanceTimersByTime(31_000);
    expect([ring.hidden, line.textContent]).toEqual([true, strings.card.otherSide]);
    start.click();
    withdraw(card, true);
    vi.advanceTimersByTime(1_000);
    expect([ring.hidden, line.textContent]).toEqual([true, ""]);
    card.remove();
    vi.useRealTimers();
  });

  it("of a point that is withheld tell why, and no pressing", () => {
    const card = cardView(
      { type: "point_withheld", code: "LI4", name: "Hégǔ", why: "You said you are pregnant." },
      context,
    )!;
    expect(card.textContent).toContain("You said you are pregnant.");
    expect(card.querySelector("details, dl")).toBeNull();
  });

  it("of several points and of methods", () => {
    expect(
      cardView({ type: "points", points: [point, point] }, context)!.querySelectorAll(".point"),
    ).toHaveLength(2);
    const steps = [{ text: "Lean in.", seconds: [30, 60] }, { text: "Let go." }];
    const method = cardView(
      { type: "method", name: "Ball", steps, never: "on the spine" },
      context,
    )!;
    expect(method.querySelectorAll("ol li")).toHaveLength(2);
    expect(method.textContent).toContain("Never use it on the spine");
  });

  it("show no picture from elsewhere", () => {
    const withPicture = (address: string) =>
      cardView({ ...point, picture: { address, alt: "A hand" } }, context)!.querySelector("img");
    expect(withPicture("/pictures/a.webp")!.src).toBe("https://host.example/pictures/a.webp");
    expect(withPicture("https://elsewhere.example/a.webp")).toBeNull();
  });

  it("show both pictures, in the skin tone that was chosen, and keep their place free", () => {
    const tones = { light: "/pictures/l.webp", medium: "/pictures/m.webp", dark: "/pictures/d.webp" };
    const told = { address: "/pictures/m.webp", alt: "A hand", width: 480, height: 480, tones };
    showTone("dark");
    const card = cardView({ ...point, picture: told, on_body: told }, context)!;
    const [near, body] = card.querySelectorAll("img");
    expect(near!.src).toBe("https://host.example/pictures/d.webp");
    expect(near!.alt).toBe("A hand");
    expect([near!.getAttribute("width"), near!.getAttribute("loading")]).toEqual(["480", "lazy"]);
    showTone("light", card);
    expect(body!.src).toBe("https://host.example/pictures/l.webp");
    showTone("no such tone", card);
    expect(body!.src).toBe("https://host.example/pictures/m.webp");
  });

  it("of spots without a name", () => {
    const card = { type: "spot", name: "the spot", where: "On the sole.", cautions: [], sources: [] };
    expect(cardView(card, context)!.textContent).toContain("On the sole.");
    expect(cardView({ type: "spot" }, context)).toBeNull();
  });

  it("that nobody knows are left out", () => {
    expect(cardView({ type: "surprise" }, context)).toBeNull();
  });

  it("are put away and come back", () => {
    const card = cardView(point, context)!;
    withdraw(card, true);
    expect((card.firstElementChild as HTMLElement).hidden).toBe(true);
    expect((card.lastElementChild as HTMLElement).hidden).toBe(false);
    withdraw(card, false);
    expect((card.firstElementChild as HTMLElement).hidden).toBe(false);
  });
});

describe("an answer with a card", () => {
  const blocks = (html: string): Element[] => {
    const holder = document.createElement("div");
    holder.innerHTML = html;
    return [...holder.children];
  };
  const card = { ...point, plain_name: "Hegu", place: "on the hand" };
  const texts = (each: Element[]): (string | null)[] => each.map((block) => block.textContent);

  it("leaves the place to the card, and its own words around it", () => {
    const parted = split(blocks("<p>Yes.</p><p><b>LI4 (Hegu):</b> On the hand.</p><p>Not when pregnant.</p>"), card);
    expect(parted.look).toBe("lead");
    expect([texts(parted.before), texts(parted.after)]).toEqual([["Yes."], ["Not when pregnant."]]);
  });

  it("keeps a paragraph that says more than the place", () => {
    const parted = split(blocks("<p><b>LI4:</b> Never with a gun. On the hand.</p>"), card);
    expect([parted.look, parted.before.length]).toEqual(["small", 1]);
  });

  it("leaves a list of points to their cards, unless it says more", () => {
    const list = { type: "points", points: [card, { ...card, code: "LI11", plain_name: "Quchi" }] };
    const of = (more: string): Element[] =>
      blocks(`<p>Two:</p><ul><li>LI4 (Hegu) – on the hand</li><li>LI11 (Quchi) – ${more}on the hand</li></ul>`);
    expect(texts(split(of(""), list).before)).toEqual(["Two:"]);
    expect(split(of("not for you, "), list).before).toHaveLength(2);
  });
});

describe("the banner", () => {
  const isIn = vi.fn();
  const bannerOf = (guess: string | null = null): Banner =>
    new Banner(strings, {
      say: actions.say,
      leave: vi.fn(),
      whereabouts: (told) =>
        told ? { code: told, isGuess: false } : guess ? { code: guess, isGuess: true } : null,
      isIn,
    });
  const alarm = (entry = flag(1, "emergency")) =>
    ({ entry, tier: "emergency", isWithdrawing: true, isOlder: false }) as const;

  it("says what to do first, then offers the call", () => {
    const banner = bannerOf();
    const entry = flag(1, "emergency");
    entry.message.custom!.reply!.call = { country: "GB", number: "999" };
    banner.show(alarm(entry));
    expect(banner.element.firstElementChild!.textContent).toBe("Get help.");
    expect(banner.element.querySelector("a")!.getAttribute("href")).toBe("tel:999");
  });

  it("asks for the country where nothing tells of it", () => {
    const banner = bannerOf();
    banner.show(alarm());
    expect(banner.element.querySelector("a")).toBeNull();
    const choice = banner.element.querySelector("select")!;
    expect(choice.hidden).toBe(false);
    choice.value = "NZ";
    choice.dispatchEvent(new Event("change"));
    expect(isIn).toHaveBeenCalledWith("NZ");
  });

  it("names the country that it guesses, and takes one tap to correct it", () => {
    const banner = bannerOf("GB");
    banner.show(alarm());
    const text = banner.element.querySelector(".calling")!.textContent!;
    expect(text).toContain("Call 999 (UK)?");
    expect(text).toContain(strings.alarm.guessed);
    const choice = banner.element.querySelector("select")!;
    expect(choice.hidden).toBe(true);
    banner.element.querySelector<HTMLButtonElement>(".whereabouts button")!.click();
    expect(choice.hidden).toBe(false);
  });

  it("offers a crisis line before the emergency number to who thinks of self-harm", () => {
    const entry = flag(1, "emergency");
    entry.message.custom!.reply!.about = "self_harm";
    const banner = bannerOf("GB");
    banner.show(alarm(entry));
    const calls = [...banner.element.querySelectorAll("a")].map((each) => each.getAttribute("href"));
    expect(calls).toEqual(["tel:116123", "tel:999"]);
  });

  it("is the only place where the warning's words stand open", () => {
    const list = messages();
    const row = list.show(flag(1, "emergency"));
    const words = row.querySelector("details")!;
    expect(words.open).toBe(true);
    list.foldWarnings(true);
    expect(words.open).toBe(false);
    expect(words.textContent).toContain("Get help.");
    list.foldWarnings(false);
    expect(words.open).toBe(true);
  });

  it("always lets the person say that it was misunderstood", () => {
    const banner = bannerOf();
    banner.show(alarm());
    [...banner.element.querySelectorAll("button")]
      .find((b) => b.textContent === "That's not what I meant")!
      .click();
    expect(actions.say).toHaveBeenCalledOnce();
  });

  it("goes away when nothing stands", () => {
    const banner = bannerOf();
    banner.show(alarm());
    banner.show(null);
    expect(banner.element.hidden).toBe(true);
  });
});

describe("the stage of a session", () => {
  let isAuto = false;
  let isOccupied = false;
  beforeEach(() => {
    isAuto = isOccupied = false;
  });
  const made = () => {
    const tools = {
      say: vi.fn(),
      announce: vi.fn(),
      leave: vi.fn(),
      isOn: (setting: string) => setting === "auto" && isAuto,
      toggle: vi.fn(),
      isOccupied: () => isOccupied,
      voice: { isOffered: () => false, isBusy: () => false, say: vi.fn(), stop: vi.fn() },
    };
    return { tools, stage: new SessionStage(strings, tools) };
  };
  const entry = (seq: number, changes = {}) => {
    const card = step(changes);
    return {
      card,
      entry: {
        ...assistant(seq, { card, guidance: { written: "Stop if it hurts." } }),
        at: new Date().toISOString(),
      },
    };
  };

  it("shows the step, its guidance and its time", () => {
    const { stage } = made();
    stage.show(entry(1));
    const text = stage.element.textContent!;
    for (const each of ["Step 8 of 15", "Press LI4", "Stop if it hurts.", "30"])
      expect(text).toContain(each);
    stage.stop();
  });

  it("keeps the button of a control, and with it the keyboard's place", () => {
    const { stage } = made();
    stage.show(entry(1));
    const next = stage.element.querySelector(".primary");
    stage.show(entry(3, { id: "LI4:right" }));
    expect(stage.element.querySelector(".primary")).toBe(next);
    stage.stop();
  });

  it("says once that the time is up", () => {
    vi.useFakeTimers();
    const { stage, tools } = made();
    stage.show(entry(1, { seconds: 2 }));
    vi.advanceTimersByTime(10_000);
    expect(tools.announce.mock.calls).toEqual([[strings.session.timeUp]]);
    stage.stop();
    vi.useRealTimers();
  });

  it("goes on by itself after each hold, unless that is switched off or one is busy", () => {
    vi.useFakeTimers();
    const { stage, tools } = made();
    stage.show(entry(1, { seconds: 2 }));
    vi.advanceTimersByTime(20_000);
    expect(tools.say).not.toHaveBeenCalled();
    isAuto = isOccupied = true;
    stage.show(entry(3, { seconds: 2, id: "LI4:right" }));
    vi.advanceTimersByTime(20_000);
    expect(tools.say).not.toHaveBeenCalled();
    isOccupied = false;
    vi.advanceTimersByTime(20_000);
    expect(tools.say.mock.calls).toEqual([["Next"]]);
    stage.stop();
    vi.useRealTimers();
  });

  it("waits for a tap where a warning is read, something else is talked about, or one comes back", () => {
    vi.useFakeTimers();
    isAuto = true;
    const { stage, tools } = made();
    stage.show(entry(1, { part: "warning", seconds: undefined }));
    vi.advanceTimersByTime(90_000);
    const step = entry(3, { id: "other" });
    stage.show(step);
    stage.show(step, true);
    vi.advanceTimersByTime(90_000);
    const old = entry(5, { id: "old" });
    old.entry.at = new Date(Date.now() - 3_600_000).toISOString();
    stage.show(old, false, false);
    vi.advanceTimersByTime(90_000);
    expect(tools.say).not.toHaveBeenCalled();
    stage.stop();
    vi.useRealTimers();
  });

  it("goes on where it was after a pause", () => {
    vi.useFakeTimers();
    const { stage } = made();
    const count = () => stage.element.querySelector(".count")!.textContent;
    stage.show(entry(1));
    vi.advanceTimersByTime(10_000);
    stage.show(entry(3, { status: "paused" }));
    vi.advanceTimersByTime(60_000);
    stage.show(entry(5));
    expect(count()).toBe("20");
    stage.stop();
    vi.useRealTimers();
  });

  it("has a scale where the pain is asked for", () => {
    const { stage, tools } = made();
    stage.show(entry(1, { pain: { when: "before", least: 0, most: 10 } }));
    const scale = stage.element.querySelectorAll<HTMLButtonElement>(".scale button");
    expect(scale).toHaveLength(11);
    scale[6]!.click();
    expect(tools.say).toHaveBeenCalledWith("6");
    stage.stop();
  });

  it("does nothing twice while it waits for an answer", () => {
    const { stage, tools } = made();
    stage.show(entry(1));
    stage.busy(true);
    stage.element.querySelector<HTMLButtonElement>(".primary")!.click();
    expect(tools.say).not.toHaveBeenCalled();
    stage.stop();
  });
});

it("warnings are alerts; all else is polite", () => {
  const announcer = new Announcer();
  announcer.say("An answer.");
  announcer.alert("Get help.");
  expect(announcer.element.querySelector("[role=alert]")!.textContent).toBe("Get help.");
  expect(announcer.element.querySelector("[aria-live=polite]")!.textContent).toBe("An answer.");
});
