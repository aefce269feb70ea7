/** What the server and this device have of voice. */

export interface Offer {
  hear: boolean;
  speak: boolean;
}

/** What the server offers; nothing where voice is off or it cannot be asked. */
export async function offered(server: string, fetcher: typeof fetch = fetch): Promise<Offer | null> {
  try {
    const answer = await fetcher(`${server}/widget/status`, {
      credentials: "omit",
      cache: "no-store",
    });
    return ((await answer.json()) as { voice?: Offer }).voice ?? null;
  } catch {
    return null;
  }
}

/** The English voices that this device has itself. */
export function localVoices(): SpeechSynthesisVoice[] {
  if (typeof speechSynthesis === "undefined") return [];
  return speechSynthesis.getVoices().filter((v) => v.localService && /^en\b/i.test(v.lang));
}
