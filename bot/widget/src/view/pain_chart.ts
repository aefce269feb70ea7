/** Pain before and after each session, as small bars; the words beside them say the same. */

import { h } from "../dom";
import type { Strings } from "../strings";

/** What one session told of the pain. */
export interface Relief {
  at: string;
  before: number;
  after: number;
}

const MOST = 10;
/** So many sessions are shown, the last ones. */
const SHOWN = 8;

/** A chart of the last sessions, this one at the end. */
export function painChart(all: readonly Relief[], lang: string, words: Strings): HTMLElement {
  const day = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short" });
  const shown = all.slice(-SHOWN);
  const bar = (kind: string, value: number): HTMLElement => {
    const element = h("i", { class: kind });
    element.style.blockSize = `${Math.max(4, (value / MOST) * 100)}%`;
    return element;
  };
  const said = shown.map(({ at, before, after }) =>
    words.session.chart(day.format(new Date(at)), before, after),
  );
  return h(
    "div",
    { class: "chart", role: "img", "aria-label": said.join("; ") },
    ...shown.map(({ at, before, after }) =>
      h(
        "span",
        {},
        h("span", { class: "bars" }, bar("before", before), bar("after", after)),
        h("small", {}, day.format(new Date(at))),
      ),
    ),
  );
}
