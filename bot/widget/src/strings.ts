/** Every word of the interface. What the assistant itself says comes from the server. */
export const strings = {
  title: "Acupoint",
  subtitle: "An assistant, not a doctor",
  open: "Open the chat",
  openUnread: (count: number) => `Open the chat, ${count} new`,
  close: "Close the chat",
  conversation: "Conversation",
  you: "You",
  assistant: "Assistant",
  placeholder: "Ask about your back",
  messageLabel: "Your message",
  send: "Send",
  welcome: {
    hello: "Hello. How is your back?",
    text: "I show you pressure points, and tell you when to see a doctor.",
    guidance:
      "I am no doctor. If something may be serious, do not wait for me: call your local emergency number.",
    tiles: {
      hurts: "My back hurts",
      point: "Show me a point",
      hand: "On my own hand",
      session: "Five minutes together",
      doctor: "When should I see a doctor?",
    },
    says: {
      hurts: "My lower back hurts",
      hand: "Where is LI4?",
      session: "Help me do a session",
      doctor: "When should I see a doctor?",
    },
  },
  replies: "Suggested replies",
  newer: "New messages",
  typing: "The assistant is writing",
  more: "Show more",
  less: "Show less",
  opensElsewhere: "(opens in a new tab)",
  divider: "A new conversation began here",

  menu: {
    label: "More",
    times: "Show times",
    bigger: "Bigger text",
    tones: {
      light: "Pictures: light skin",
      medium: "Pictures: medium skin",
      dark: "Pictures: dark skin",
    },
    contrast: "More contrast",
    sheet: "A page for my doctor",
    fresh: "New conversation",
    erase: "Delete my conversation",
  },
  fresh: {
    title: "Begin a new conversation?",
    text:
      "I will not remember what you told me so far, such as a pregnancy or a condition. " +
      "Only a warning about an emergency stays until you answer it. " +
      "The old messages stay here until you delete them.",
    yes: "Begin anew",
    no: "Keep this one",
  },
  erase: {
    title: "Delete this conversation?",
    text:
      "Everything you wrote here and everything I noted is deleted for good. " +
      "Do this if other people use this device.",
    yes: "Delete it",
    no: "Keep it",
    asked: "forget me",
    confirmed: "Yes, delete everything.",
    done: "Your conversation is deleted.",
  },

  actions: {
    label: "About this message",
    copy: "Copy",
    copied: "Copied",
    copyFailed: "Copying is not allowed here",
    up: "This helped",
    down: "This did not help",
    time: "Show the time",
  },
  feedback: {
    ask: "What was wrong with it?",
    label: "What was wrong (you need not say)",
    send: "Send",
    skip: "Not now",
    thanks: "Thank you for telling.",
    failed: "That could not be saved. Please try again later.",
  },

  message: {
    waiting: "Waits to be sent",
    sending: "Sending",
    failed: "Not sent",
    retry: "Send again",
    edit: "Change it",
    tooLarge:
      "This is too long to send. A few sentences are enough: where it hurts, since when, and what else you notice. If you feel very ill, call your local emergency number.",
    rejected:
      "This could not be sent. Please write it in other words. If you feel very ill, call your local emergency number.",
  },
  empty: {
    text: "I am sorry, no answer came.",
    guidance:
      "If your pain is bad, gets worse or worries you, please see a doctor. In an emergency, call your local emergency number.",
    again: "Ask again",
  },

  states: {
    connecting: "Connecting …",
    starting:
      "The assistant is just starting. You can write already; a full answer may take a moment.",
    offline:
      "You are offline. What you write waits here and is sent when you are back. In an emergency, do not wait: call your local emergency number.",
    reconnecting: "The connection was lost. Connecting again …",
    gone: "I cannot reach the assistant at the moment. What you write waits here. If your pain is bad or worries you, see a doctor; in an emergency, call your local emergency number.",
    tryNow: "Try now",
    renewed:
      "Your earlier conversation could not be opened any more, so this is a new one. Please tell me again what I should know, such as a pregnancy or a condition.",
    understood: "All right",
    limited: (seconds: number) =>
      `That was a lot at once. I will send your next message in ${seconds} ${seconds === 1 ? "second" : "seconds"}. In an emergency, do not wait: call your local emergency number.`,
    refused:
      "This page may not talk to the assistant. In an emergency, call your local emergency number.",
    slow: "This takes longer than usual. I am still at it.",
    broken:
      "Something went wrong. Please try again. If your pain is bad or worries you, see a doctor.",
  },

  alarm: {
    label: "Warning",
    call: (number: string) => `Call ${number}`,
    callGuessed: (number: string, country: string) => `Call ${number} (${country})?`,
    guessed: "I only guess the country from your device.",
    there: (country: string) => `This is the number for ${country}.`,
    elsewhere: (country: string) => `Not in ${country}?`,
    choose: "Choose your country to get its number",
    above: "This warning stands above. Read it here",
    wrong: "That's not what I meant",
    withdrawn: "Put away while the warning above stands.",
  },

  reminder: {
    due: "Now",
    missed: "You missed this",
    next: "Next:",
    paused: "Paused",
    number: (number: number) => `reminder ${number}`,
    calendar: "Your calendar of reminders",
    download: "Open or download",
    copy: "Copy the link",
    noticesOn: "Notify me on this device",
    noticesOff: "No more notifications here",
    noticesAreOn: "This browser will show your reminders, even when this page is closed.",
    noticesAreOff: "This browser shows no reminders any more.",
    noticesFailed: "This browser does not allow it. Your reminders will be here in the chat.",
  },
  card: {
    point: (code: string) => `Card: ${code}`,
    several: (count: number) => `${count} points`,
    start: (seconds: number) => `Start ${seconds} s`,
    stopPressing: "Stop",
    pressing: "Time left to press",
    letGo: "Time is up. Let go slowly.",
    otherSide: "Time is up. Let go slowly. Then the other side, if you like.",
    how: "How",
    more: "More",
    see: "Show where it is",
    enlarge: "Make the picture larger",
    where: "Where it is",
    find: "How to find it",
    press: "How to press",
    position: "How to sit or lie",
    hold: "Hold",
    holdSeconds: (least: number, most: number) =>
      least === most ? `${least} seconds` : `${least} to ${most} seconds`,
    rounds: "How often in a row",
    day: "A day",
    sides: "Sides",
    reach: "Within reach",
    tools: "Tools",
    notWith: "Not with",
    usedFor: "Traditionally used for",
    cautions: "Please note",
    stop: (when: string) => `Stop ${when}`,
    howLong: "How long",
    neverUse: (when: string) => `Never use it ${when}`,
    sources: "Where this comes from",
    details: "Step by step",
    names: "Other names",
    characters: "In Chinese",
    onHand: "Show me on my own hand",
    turn: "Turn it",
    sightFailed:
      "That could not be loaded. Check your connection and try again. Until then, the steps on the card tell where it is.",
    values: {
      both: "both sides",
      midline: "in the middle",
      self: "you can press it yourself",
      helper: "better with a helper",
    } as Record<string, string>,
  },

  zoom: {
    title: "Picture",
    larger: "Larger",
    smaller: "Smaller",
    close: "Close",
    hint: "Pinch or tap twice to see more.",
  },

  bodyMap: {
    open: "Show it on a body",
    title: "Where?",
    what: "What you want to say",
    press: "I want to press here",
    hurts: "It hurts here",
    side: "Side of the body",
    front: "Front",
    back: "Back",
    hint: "Tap a place on the body, or choose from the list below.",
    list: "Or choose from the list",
    close: "Close the body map",
    loading: "The body is being loaded …",
    failed: "The body could not be loaded. Please write where it hurts, or where you want to press.",
  },

  voice: {
    aloud: "Read answers aloud",
    listen: "Listen to this",
  },

  session: {
    label: "Guided session",
    progress: (step: number, of: number) => `Step ${step} of ${of}`,
    left: (minutes: number) =>
      minutes < 1 ? "under 1 min left" : `${minutes} min left`,
    paused: "Paused",
    more: "More",
    readAgain: "Read this step",
    words: "This step",
    interrupted: "Interrupted by a warning",
    timer: "Time left for this step",
    timeUp: "Time is up. Let go slowly, then press Next.",
    pain: "How strong is your pain? 0 is none, 10 the worst",
    painValue: (value: number, least: number, most: number) =>
      value === least ? `${value}, no pain` : value === most ? `${value}, the worst` : `${value}`,
    none: "no pain",
    worst: "the worst",
    timeUpAuto: "Time is up. Let go slowly.",
    sound: "Sound when the time is up",
    aloud: "Say each step aloud",
    auto: "Goes on by itself",
    goesOn: (seconds: number) => `in ${seconds} s`,
    waits: "waits for you",
    ended: {
      done: "Session done",
      stopped: "Session stopped",
      refused: "No session",
      worse: "Session ended: more pain",
      feeling: "Session ended",
      sign: "Session ended",
      withheld: "Session ended",
    } as Record<string, string>,
    chart: (day: string, before: number, after: number) => `${day}: pain ${before}, then ${after}`,
    painChange: (before: number, after: number) => `Pain from ${before} to ${after}`,
  },
};

export type Strings = typeof strings;
