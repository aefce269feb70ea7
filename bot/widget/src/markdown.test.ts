import { describe, expect, it } from "vitest";

import { markdown, plain } from "./markdown";

const html = (text: string): string => {
  const holder = document.createElement("div");
  holder.append(markdown(text, "(new tab)"));
  return holder.innerHTML;
};

describe("markdown", () => {
  it("shows what the assistant writes", () => {
    expect(html("**Hold** it _gently_.\n\n1. One\n2. Two")).toBe(
      "<p><strong>Hold</strong> it <em>gently</em>.</p><ol><li>One</li><li>Two</li></ol>",
    );
  });

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "hello <b onclick=alert(1)>you</b>",
    "<svg/onload=alert(1)>",
    "</div><iframe src=//elsewhere>",
  ])("shows HTML as words: %s", (text) => {
    const holder = document.createElement("div");
    holder.append(markdown(text, ""));
    expect(holder.querySelector("script, img, svg, iframe, b")).toBeNull();
    expect(holder.textContent).toBe(text);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "JAVASCRIPT:alert(1)",
    "//elsewhere",
    "x",
  ])("makes no link to %s", (address) => {
    expect(html(`[press](${address})`)).not.toContain("<a");
    expect(html(`[press](${address})`)).toContain("press");
  });

  it("opens links safely, and says so", () => {
    const holder = document.createElement("div");
    holder.append(markdown("[the study](https://example.org/a)", "(new tab)"));
    const link = holder.querySelector("a")!;
    expect(link.target).toBe("_blank");
    expect(link.rel).toContain("noopener");
    expect(link.textContent).toBe("the study (new tab)");
  });

  it("loads no pictures", () => {
    expect(html("![a hand](https://elsewhere.example/x.png)")).toBe("<p>a hand</p>");
  });

  it("gives the words alone, a block a line", () => {
    expect(plain("**One**\n\n- two\n- _three_")).toBe("One\ntwo\nthree");
  });

  it("lets a path lead to the assistant, whatever page the chat is in", () => {
    const holder = document.createElement("div");
    holder.append(markdown("[Get it](/person/copy/abc)", "", "https://assistant.example"));
    expect(holder.querySelector("a")?.href).toBe("https://assistant.example/person/copy/abc");
    expect(html("[Get it](/person/copy/abc)")).not.toContain("<a");
    holder.replaceChildren(markdown("[x](//evil.example/abc)", "", "https://assistant.example"));
    expect(holder.querySelector("a")).toBeNull();
  });
});
