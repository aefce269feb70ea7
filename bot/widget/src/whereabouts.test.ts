import { describe, expect, it } from "vitest";

import { countries, guessed, linesOf } from "./whereabouts";

describe("the country", () => {
  it("is the one of the time zone, whatever the language", () => {
    expect(guessed("Europe/London", ["en-US"])).toBe("GB");
    expect(guessed("Asia/Calcutta", ["en-US"])).toBe("IN");
    expect(guessed("America/Indianapolis", [])).toBe("US");
  });

  it("is the one of the language where the device tells no zone", () => {
    expect(guessed("UTC", ["en", "de-AT", "en-US"])).toBe("AT");
    expect(guessed(undefined, ["fr-CA"])).toBe("CA");
  });

  it("is not guessed for people elsewhere", () => {
    expect(guessed("Africa/Kinshasa", ["en-US"])).toBeNull();
    expect(guessed("UTC", ["en"])).toBeNull();
  });

  it("can be chosen from a list by its name", () => {
    expect(countries("en")).toContainEqual(["NZ", "New Zealand"]);
    expect(countries("de")).toContainEqual(["NZ", "Neuseeland"]);
  });
});

describe("the lines to call", () => {
  const digits = (...about: Parameters<typeof linesOf>): string[] =>
    linesOf(...about).map((each) => each.digits);

  it("are the emergency number, and for thoughts of self-harm a crisis line before it", () => {
    expect(digits("GB", "emergency")).toEqual(["999"]);
    expect(digits("GB", "emergency", "self_harm")).toEqual(["116123", "999"]);
    expect(digits("NZ", "emergency", "self_harm")).toEqual(["1737", "111"]);
    expect(digits("FI", "emergency", "self_harm")).toEqual(["112"]);
  });

  it("are those of the day where help is needed today, and none for milder signs", () => {
    expect(digits("GB", "urgent")).toEqual(["111"]);
    expect(digits("US", "urgent")).toEqual([]);
    expect(digits("GB", "doctor_soon")).toEqual([]);
  });
});
