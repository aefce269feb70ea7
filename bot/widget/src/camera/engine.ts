/** The line to the worker that finds hands (src/vision). Pictures go there and nowhere else. */

import { h } from "../dom";
import type { SeenHand } from "./geometry";

export type Level = "light" | "full";
/** `blocked`: the page does not let the assistant's own frame in. */
export type Failure = "loading" | "graphics" | "blocked";

interface Told {
  did: "here" | "open" | "find" | "forget" | "failed";
  hands?: SeenHand[];
  why?: Failure;
}

export class EngineError extends Error {
  constructor(readonly why: Failure) {
    super(why);
  }
}

const HELLO = 8_000;
const LOADING = 90_000;
const FINDING = 20_000;

export class Engine {
  private waiting: ((told: Told) => void) | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly line: MessagePort,
  ) {
    line.onmessage = ({ data }: MessageEvent<Told>) => this.waiting?.(data);
  }

  /**
   * Start it; the model's files are loaded when it is opened.
   *
   * @param place where its unseen frame may stand.
   * @throws EngineError
   */
  static async start(server: string, place: Element): Promise<Engine> {
    const frame = h("iframe", { hidden: true, title: "", "aria-hidden": "true", tabindex: -1 });
    const { port1, port2 } = new MessageChannel();
    const engine = new Engine(frame, port1);
    frame.addEventListener("load", () =>
      frame.contentWindow?.postMessage("line", new URL(server).origin, [port2]),
    );
    frame.src = `${server}/widget/vision/frame.html`;
    const here = engine.told(HELLO, "blocked");
    place.append(frame);
    try {
      await here;
    } catch (error) {
      engine.close();
      throw error;
    }
    return engine;
  }

  /** Choose the model, and how many hands to look for. */
  async open(level: Level, most: number): Promise<void> {
    await this.ask({ ask: "open", level, most }, [], LOADING);
  }

  /** The hands in a picture, which is used up. */
  async find(image: ImageBitmap): Promise<SeenHand[]> {
    return (await this.ask({ ask: "find", image }, [image], FINDING)).hands ?? [];
  }

  /** What comes next is another picture, not the next moment of the same one. */
  async forget(): Promise<void> {
    await this.ask({ ask: "forget" }, [], FINDING);
  }

  close(): void {
    this.line.close();
    // The frame's worker ends with it.
    this.frame.remove();
  }

  private ask(what: object, carried: Transferable[], within: number): Promise<Told> {
    const answer = this.turn.then(() => {
      const told = this.told(within, "loading");
      this.line.postMessage(what, carried);
      return told;
    });
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  private told(within: number, otherwise: Failure): Promise<Told> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new EngineError(otherwise)), within);
      this.waiting = (told) => {
        clearTimeout(timer);
        this.waiting = null;
        if (told.did === "failed") reject(new EngineError(told.why ?? "loading"));
        else resolve(told);
      };
    });
  }
}
