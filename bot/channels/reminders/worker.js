// Shows the notification of a reminder, and opens the chat when it is tapped.
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
      // Who is looking at the chat sees the reminder there.
      if (pages.some((page) => page.visibilityState === "visible" && page.focused)) return undefined;
      return self.registration.showNotification(told.title || "Your reminder", {
        body: told.body || "",
        // The same reminder never shows twice.
        tag: told.id,
        requireInteraction: true,
      });
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then((pages) => {
      const page = pages[0];
      return page ? page.focus() : self.clients.openWindow("/");
    }),
  );
});
