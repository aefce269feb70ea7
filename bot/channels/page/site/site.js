// The page works without a connection once it was open: the worker keeps what it is made of.
navigator.serviceWorker?.register("/shell-worker.js").catch(() => undefined);
