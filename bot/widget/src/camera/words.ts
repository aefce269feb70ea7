/** The words of "Show me on my own hand". */

import type { Hand } from "./geometry";

export const words = {
  title: (code: string) => `${code} on your own hand`,
  pregnancy: {
    ask: "First one question: are you pregnant, or could you be?",
    why: "By tradition this point is left alone in pregnancy.",
    yes: "Yes",
    maybe: "I am not sure",
    no: "No",
    withheld:
      "Thank you for telling me. Then I do not show this point. By tradition it is not pressed in pregnancy. Please ask your midwife or doctor what would do you good. I have told it to the assistant, so that it leaves such points out.",
    known:
      "You told me that you are or may be pregnant. So I show no point here. If that has changed, begin a new conversation in the menu.",
    said: { yes: "I am pregnant", maybe: "I might be pregnant" },
  },

  consent: {
    text: "Your camera shows your hand, and I draw the point on it.",
    promises: [
      "The picture stays on this device. It is not sent and not kept.",
      "The camera runs only while this window is open.",
      "To find your hand, 8 to 10 MB are loaded once, from the assistant's own server.",
      "I can be off by about a finger's width. Feel for the place too, as the card tells.",
    ],
    forearm: "Keep your wrist straight, and show some of your bare forearm.",
    camera: "Yes, use the camera",
    photo: "Use a photo instead",
  },

  model: {
    label: "How to look",
    light: "Light: quicker",
    full: "Full: more exact",
  },
  other: (hand: Hand) => `No, it is my ${hand} hand`,
  hold: "Hold the picture",
  again: "Back to the camera",
  turnCamera: "Other camera",
  newPhoto: "Another photo",
  start: "Start the camera",
  preview: (code: string) => `The camera picture with ${code} drawn on it`,
  photoOf: (code: string) => `Your photo, with ${code} drawn on it`,

  state: {
    loading: "One moment, I am getting ready …",
    asking: "Please allow the camera.",
    looking: "Show me the back of your hand, with the fingers a little apart.",
    none: "I see no hand in this photo. Try one in good light, with the whole hand in it, or use the picture on the card.",
    lost: "I cannot see your hand. Hold it into the picture, in good light.",
    edge: "I see your hand from its edge. Turn its back to the camera.",
    palm: (hand: Hand) =>
      `This looks like your ${hand} palm. The point is on the other side: turn your hand over.`,
    shown: (code: string, hand: Hand) =>
      `This looks like the back of your ${hand} hand. ${code} is the dot. It lies within the ring.`,
    bent: "Your wrist is bent. Hold your hand in one line with your forearm.",
    beyond: (code: string) =>
      `I see the back of your hand. ${code} is further up your arm: show more of your forearm.`,
    held: "The picture stands still.",
    left: "You went elsewhere, so I turned the camera off.",
    stopped: "The camera is off.",
  },

  trouble: {
    none: "I find no camera on this device. You can use a photo, or the picture on the card.",
    refused:
      "The camera was not allowed. That is fine. You can use a photo, or the picture on the card. If you change your mind, allow the camera in your browser's settings for this page.",
    busy: "Another program may be using the camera. Close it and try again, or use a photo.",
    insecure:
      "This page may not use a camera. You can use a photo, or the picture on the card.",
    photo: "I could not open this photo. Try another one.",
    loading:
      "I could not load what finds your hand. Check your connection and try again. Until then, use the picture and the steps on the card.",
    graphics:
      "This browser cannot do what I need to find your hand (WebGL). Use the picture and the steps on the card.",
    blocked:
      "This page does not let me look for your hand. Use the picture and the steps on the card.",
    old: "This browser is too old for that. Use the picture and the steps on the card.",
  },
};
