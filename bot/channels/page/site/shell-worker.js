// Keeps what the page is made of, so that it opens without a connection. Nothing that is said is kept
// here: the chat itself says that it is offline. Reminders are shown by the script below.
importScripts("/reminder-worker.js");

const SHELL = "shell-1";
// Their addresses hold a fingerprint: what they hold never changes.
const FOR_EVER = /^\/(widget\/assets|pictures)\//;
const KEPT = /^\/($|widget\.js$|site\.js$|favicon\.svg$|manifest\.webmanifest$|widget\/(pictures\/|body-map\.json$))/;
const MOST = 300;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((n) => n !== SHELL).map((n) => caches.delete(n))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (FOR_EVER.test(pathname)) event.respondWith(kept(request).then((found) => found || fresh(request)));
  else if (KEPT.test(pathname)) event.respondWith(fresh(request).catch(() => orKept(request)));
});

const kept = (request) => caches.match(request, { ignoreVary: true });

async function orKept(request) {
  const found = await kept(request);
  if (found) return found;
  throw new Error("offline");
}

async function fresh(request) {
  const answer = await fetch(request);
  if (!answer.ok || answer.type !== "basic") return answer;
  const cache = await caches.open(SHELL);
  await cache.put(request, request.mode === "navigate" ? await withoutToken(answer) : answer.clone());
  const all = await cache.keys();
  if (all.length > MOST) await cache.delete(all[0]);
  return answer;
}

// The form for browsers without scripts holds the key of a conversation: it is not kept.
async function withoutToken(answer) {
  const page = (await answer.clone().text()).replace(/(name="sender" value=")[^"]*/, "$1");
  return new Response(page, { headers: answer.headers });
}
