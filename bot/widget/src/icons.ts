/** The paths of all icons, in a 24 by 24 box. */
export const ICONS = {
  chat: "M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z",
  body: "M12 2.500a2.300 2.300 0 1 0 .01 0M5 9l4-1h6l4 1M9 8l.5 6L8 22M15 8l-.5 6L16 22M9.500 14h5",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M12 5v.01M12 12v.01M12 19v.01",
  send: "M3 11.5L21 3l-6 18-4-7.5z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  up: "M7 11v9H3v-9zM7 11l4-8a2 2 0 0 1 2 2v4h6a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.800 20H7",
  down: "M7 13V4H3v9zM7 13l4 8a2 2 0 0 0 2-2v-4h6a2 2 0 0 0 2-2.300l-1.200-7A2 2 0 0 0 17.800 4H7",
  clock: "M12 3a9 9 0 1 0 .01 0M12 7v5l3 2",
  phone:
    "M5 3h4l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z",
  sound: "M4 9v6h4l5 4V5L8 9zM17 8a5 5 0 0 1 0 8",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  silent: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4M3 3l18 18",
  mute: "M4 9v6h4l5 4V5L8 9zM17 10l4 4M21 10l-4 4",
  microphone:
    "M12 3a3 3 0 0 1 3 3v6a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11v1a6 6 0 0 0 12 0v-1M12 18v3M8 21h8",
  doctor: "M12 4v16M4 12h16",
  breathe: "M12 3a9 9 0 1 0 .01 0M12 7.500a4.500 4.500 0 1 0 .01 0M12 11.500a.500.500 0 1 0 .01 0",
  down_arrow: "M12 5v14M6 13l6 6 6-6",
} as const;
