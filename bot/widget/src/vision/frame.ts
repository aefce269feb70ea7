/**
 * A page of the assistant's own, unseen inside the chat's page. It starts the worker, which only a
 * page of the same address may do, and hands it the line to the chat.
 */
(() => {
  addEventListener("message", (event: MessageEvent) => {
    const [line] = event.ports;
    if (!line) return;
    const worker = new Worker("worker.js");
    worker.onmessage = () => worker.postMessage("line", [line]);
    worker.onerror = () => line.postMessage({ did: "failed", why: "loading" });
  });
})();
