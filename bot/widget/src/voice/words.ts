/** The words of speaking and listening; loaded with voice. */
export const voiceWords = {
  talk: "Speak",
  stop: "Done speaking",
  hush: "Stop reading",
  asking: "Waiting for the microphone …",
  listening:
    "I am listening. Let go, or press again, when you are done. Escape throws it away.",
  writing: "Writing down what you said …",
  heard: (text: string) => `I heard: “${text}” Change it below if it is wrong, then press Send.`,
  unsure: (text: string) =>
    `I am not sure that I heard you right: “${text}” Please check it below before you press Send, or speak again.`,
  cut: "I could listen to the first half minute only.",
  urgent: "I heard something that may be serious, so I sent it at once. The answer is above.",
  nothing:
    "I did not hear any words. Please speak again, nearer to the microphone, or type it. If you feel very ill, call your local emergency number.",
  unreachable:
    "I could not listen to that. Please try again, or type it. If you feel very ill, call your local emergency number.",
  mute: "I cannot speak just now. The answer is written above.",
  trouble: {
    denied:
      "Your browser does not let this page use the microphone. You can allow it beside the page's address. Or type your question.",
    missing: "I found no microphone on this device. Please type your question.",
    broken: "The microphone did not start. Please try again, or type your question.",
  },
  consent: {
    title: "Use your microphone?",
    text:
      "While you hold the button, or between two presses, I record what you say. The recording goes " +
      "to this assistant's own computer, is turned into words there, and is not kept. Nobody else " +
      "gets it. You see the words before they are sent. Only if they sound serious, I send them at once.",
    yes: "Yes, I want to speak",
    no: "No",
  },
};

export type VoiceWords = typeof voiceWords;
