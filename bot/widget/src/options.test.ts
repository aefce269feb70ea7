import { describe, expect, it } from "vitest";

import { readOptions } from "./options";

const read = (told: Record<string, string>) =>
  readOptions((name) => told[name] ?? null, "https://host.example");

describe("options", () => {
  it("need nothing", () => {
    expect(read({})).toEqual({
      server: "https://host.example",
      mode: "launcher",
      theme: "auto",
      title: null,
      lang: "en",
      rtl: false,
      country: null,
      storage: "local",
    });
  });

  it("take what is known", () => {
    const options = read({
      mode: "inline",
      theme: "dark",
      country: "de",
      lang: "ar",
      storage: "session",
      server: "http://localhost:5005/x",
    });
    expect(options).toMatchObject({
      mode: "inline",
      theme: "dark",
      country: "DE",
      rtl: true,
      storage: "session",
      server: "http://localhost:5005",
    });
  });

  it.each(["javascript:alert(1)", "data:,x", "http://"])(
    "do not take %s for a server",
    (server) => {
      expect(read({ server }).server).toBe("https://host.example");
    },
  );
});
