import { defineConfig, transformWithEsbuild } from "vite";
import type { Plugin } from "vite";
import { vision } from "./vision";

/** Vite leaves the white space in libraries; it is a third of what travels. */
const smaller: Plugin = {
  name: "smaller",
  apply: "build",
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== "chunk") continue;
      const options = { minify: true, target: "es2022", legalComments: "none" } as const;
      chunk.code = (await transformWithEsbuild(chunk.code, chunk.fileName, options)).code;
    }
  },
};

/** Of the Markdown parser only its lexer is used; the rest makes HTML, and has no place here. */
const lexerAlone: Plugin = {
  name: "lexer-alone",
  transform(code, id) {
    if (!id.includes("/marked/lib/marked.esm.js")) return null;
    const end = code.indexOf("// src/Renderer.ts");
    if (end < 0) throw new Error("marked has another shape: see vite.config.ts");
    return { code: `${code.slice(0, end)}\nexport { _Lexer as Lexer };\n`, map: null };
  },
};

/** The line is HTTP or WebSocket: the assistant offers nothing else. */
const twoTransports: Plugin = {
  name: "two-transports",
  load: (id) =>
    id.includes("/engine.io-client/build/esm/transports/webtransport.js")
      ? "export const WT = undefined;"
      : null,
};

/** A classic script from another site has no address of its own to import from: it is given one. */
const fromItsAddress: Plugin = {
  name: "from-its-address",
  apply: "build",
  renderDynamicImport: ({ moduleId }) =>
    moduleId.endsWith("loader.ts")
      ? { left: "import(new URL(", right: ", document.currentScript.src).href)" }
      : null,
};

// The build mirrors the addresses: /widget.js, which never changes its name, and beside it
// /widget/assets/NAME-HASH.js, which may be cached for ever. As a library: the wrapper that Vite
// puts around import() elsewhere does not run in a classic script.
export default defineConfig({
  plugins: [fromItsAddress, lexerAlone, twoTransports, smaller, vision],
  build: {
    target: "es2022",
    reportCompressedSize: false,
    lib: { entry: { widget: "src/loader.ts" }, formats: ["es"] },
    rollupOptions: {
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "widget/assets/[name]-[hash].js",
      },
    },
  },
});
