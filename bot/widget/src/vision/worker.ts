/**
 * Finds hands in pictures, away from the page, so that the page never stands still.
 *
 * MediaPipe's hands expect to run in a page; the few things they ask of one are given here. The
 * graph runs on the processor: on machines without a graphics card that is twenty times faster, and
 * on others fast enough. Pictures come in over the line and are dropped once they are read.
 */
declare const HANDS_FOLDER: string;

(() => {
  interface Result {
    image?: { close?(): void };
    multiHandLandmarks?: object[][];
    multiHandWorldLandmarks?: object[][];
    multiHandedness?: { label: "Left" | "Right"; score: number }[];
  }
  interface Model {
    initialize(): Promise<void>;
    onResults(hear: (result: Result) => void): void;
    reset(): void;
    send(input: { image: ImageBitmap }): Promise<void>;
    setOptions(options: object): void;
  }
  interface Asked {
    ask: "open" | "find" | "forget";
    level?: "light" | "full";
    most?: number;
    image?: ImageBitmap;
  }

  const own = self as unknown as Record<string, unknown> & {
    importScripts(address: string): void;
    Hands: new (settings: object) => Model;
  };
  const address = (name: string): string => new URL(`${HANDS_FOLDER}/${name}`, location.href).href;
  let model: Model | null = null;
  let result: Result = {};

  own.window = self;
  own.alert = () => undefined;
  own.document = {
    createElement: (name: string) => (name === "canvas" ? new OffscreenCanvas(1, 1) : tag()),
    body: { appendChild: (script: ReturnType<typeof tag>) => script.run() },
  };

  /** Stands in for a script tag. */
  function tag() {
    const told: Record<string, string> = {};
    const hearing: Record<string, () => void> = {};
    return {
      setAttribute: (name: string, value: string) => void (told[name] = value),
      addEventListener: (name: string, hear: () => void) => void (hearing[name] = hear),
      run: () => {
        own.importScripts(told.src!);
        hearing.load?.();
      },
    };
  }

  async function open(level: "light" | "full" = "light", most = 1): Promise<void> {
    if (!model) {
      const canvas = new OffscreenCanvas(1, 1);
      if (!(canvas.getContext("webgl2") ?? canvas.getContext("webgl"))) throw new Error("graphics");
      own.importScripts(address("hands.js"));
      model = new own.Hands({ locateFile: address });
      model.onResults((told) => {
        result = told;
        told.image?.close?.();
      });
    }
    model.setOptions({
      useCpuInference: true,
      modelComplexity: level === "full" ? 1 : 0,
      maxNumHands: most,
      minDetectionConfidence: 0.5,
      minTrackingConfidence: 0.5,
    });
    await model.initialize();
  }

  async function find(image: ImageBitmap): Promise<object[]> {
    result = {};
    try {
      await model!.send({ image });
    } finally {
      image.close();
    }
    return (result.multiHandLandmarks ?? []).map((landmarks, i) => {
      const told = result.multiHandedness?.[i];
      return {
        landmarks,
        world: result.multiHandWorldLandmarks?.[i] ?? [],
        // The model takes every picture for a mirrored one.
        hand: told?.label === "Left" ? "right" : "left",
        score: told?.score ?? 0,
      };
    });
  }

  addEventListener("message", (event: MessageEvent) => {
    const line = event.ports[0]!;
    let turn = Promise.resolve();
    line.onmessage = ({ data }: MessageEvent<Asked>) => {
      turn = turn.then(async () => {
        try {
          if (data.ask === "open") await open(data.level, data.most);
          if (data.ask === "forget") model?.reset();
          line.postMessage({ did: data.ask, hands: data.image ? await find(data.image) : [] });
        } catch (error) {
          const why = (error as Error).message === "graphics" ? "graphics" : "loading";
          line.postMessage({ did: "failed", why });
        }
      });
    };
    line.postMessage({ did: "here" });
  });
  (self as unknown as Worker).postMessage("ready");
})();
