import { describe, expect, it } from "vitest";

import { assistant, person, system } from "./samples";
import { isEmpty, Transcript } from "./transcript";

describe("the transcript", () => {
  it("takes each entry once", () => {
    const transcript = new Transcript();
    expect(transcript.add(person(1))).toBe("new");
    expect(transcript.add(person(1))).toBe("known");
    expect(transcript.entries).toHaveLength(1);
  });

  it("notices a gap, and closes it in any order", () => {
    const transcript = new Transcript();
    transcript.add(person(1));
    expect(transcript.add(assistant(4))).toBe("gap");
    expect(transcript.last).toBe(1);
    transcript.add(person(3));
    transcript.add(assistant(2));
    expect(transcript.last).toBe(4);
    expect(transcript.entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
  });

  it("is empty after erasing, and does not erase twice", () => {
    const transcript = new Transcript();
    transcript.add(person(1));
    expect(transcript.add(system(2, "erased"))).toBe("erased");
    transcript.add(assistant(3));
    expect(transcript.add(system(2, "erased"))).toBe("known");
    expect(transcript.entries.map((entry) => entry.seq)).toEqual([2, 3]);
  });

  it("begins at an erased conversation as it would at a new one", () => {
    const transcript = new Transcript();
    transcript.add(system(57, "erased"));
    transcript.add(assistant(58));
    transcript.settle(58);
    expect(transcript.last).toBe(58);
  });

  it("still misses what was lost while it was catching up", () => {
    const transcript = new Transcript();
    transcript.add(person(1));
    transcript.add(assistant(4));
    transcript.add(assistant(2));
    transcript.settle(2);
    expect([transcript.last, transcript.hasGap]).toEqual([2, true]);
    transcript.add(person(3));
    expect([transcript.last, transcript.hasGap]).toEqual([4, false]);
  });

  it("knows what waits for an answer", () => {
    const transcript = new Transcript();
    transcript.add(person(1));
    expect(transcript.unanswered()?.seq).toBe(1);
    transcript.add(assistant(2));
    expect(transcript.unanswered()).toBeUndefined();
  });

  it("does not take the late answer to another question for one to this", () => {
    const transcript = new Transcript();
    transcript.add(person(1));
    transcript.add(person(2));
    transcript.add({ ...assistant(3), answers: 1 });
    expect(transcript.unanswered()?.seq).toBe(2);
  });

  it("shows the words of a button in place of its command", () => {
    const transcript = new Transcript();
    const answer = assistant(1);
    answer.message.buttons = [{ title: "That's not what I meant", payload: "/deny_red_flags" }];
    transcript.add(answer);
    expect(transcript.wordsFor("/deny_red_flags")).toBe("That's not what I meant");
    expect(transcript.wordsFor("hello")).toBe("hello");
  });
});

describe("an empty reply", () => {
  it.each([{}, { text: "" }, { text: "  \n" }, { text: "", custom: {} }])(
    "is noticed: %j",
    (message) => {
      expect(isEmpty({ ...assistant(1), message })).toBe(true);
    },
  );
  it("is not one that shows something", () => {
    expect(isEmpty(assistant(1))).toBe(false);
  });
});
