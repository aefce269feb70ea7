/** The little of Node.js that the build uses; its own types would also change those of a page. */
declare module "node:crypto" {
  interface Hash {
    update(data: Uint8Array): Hash;
    digest(form: "hex"): string;
  }
  export function createHash(name: "sha256"): Hash;
}
declare module "node:fs" {
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: "utf8"): string;
}
declare module "node:zlib" {
  export function gzipSync(source: string | Uint8Array, options: { level: number }): Uint8Array;
}
