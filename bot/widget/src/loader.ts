/**
 * What the page loads: a classic script, since only such a script can see its own attributes.
 * It fetches the widget itself as a module, so that parts can be loaded when they are needed.
 */
(() => {
  const script = document.currentScript as HTMLScriptElement | null;
  if (script) void import("./main").then(({ start }) => start(script));
})();
