/** Builds what finds hands (the frame, its worker, and the model's files), and the figure's file. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { transformWithEsbuild } from "vite";
import type { Plugin } from "vite";

const PACKAGE = "node_modules/@mediapipe/hands";
// For browsers with SIMD: all that the widget supports have it.
const FILES = [
  "hands.js",
  "hands.binarypb",
  "hand_landmark_full.tflite",
  "hand_landmark_lite.tflite",
  "hands_solution_packed_assets.data",
  "hands_solution_packed_assets_loader.js",
  "hands_solution_simd_wasm_bin.data",
  "hands_solution_simd_wasm_bin.js",
  "hands_solution_simd_wasm_bin.wasm",
];

const body = readFileSync("figure/body.bin");
const figure = `figure-${createHash("sha256").update(body).digest("hex").slice(0, 12)}/body.bin`;

export const vision: Plugin = {
  name: "vision",
  apply: "build",
  config: () => ({ define: { FIGURE: JSON.stringify(figure) } }),
  async generateBundle() {
    const emit = (name: string, source: string | Uint8Array): void => {
      const fileName = `widget/vision/${name}`;
      this.emitFile({ type: "asset", fileName, source });
      // Sent as they are: to press six megabytes takes too long while somebody waits.
      const small = gzipSync(source, { level: 9 });
      if (small.length < source.length * 0.95) {
        this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: small });
      }
    };
    const { version } = JSON.parse(readFileSync(`${PACKAGE}/package.json`, "utf8"));
    const folder = `hands-${version}`;
    for (const name of FILES) emit(`${folder}/${name}`, readFileSync(`${PACKAGE}/${name}`));
    emit(figure, body);
    emit("frame.html", readFileSync("src/vision/frame.html"));
    for (const name of ["frame", "worker"]) {
      const file = `src/vision/${name}.ts`;
      const { code } = await transformWithEsbuild(readFileSync(file, "utf8"), file, {
        define: { HANDS_FOLDER: JSON.stringify(folder) },
        minify: true,
        sourcemap: false,
        target: "es2022",
      });
      emit(`${name}.js`, code);
    }
  },
};
