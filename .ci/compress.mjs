// Writes FILE.br and FILE.gz beside every text and wasm file of the folder named, and removes orphans.
// Usage: node .ci/compress.mjs FOLDER [none]; with "none" all are removed, so that none can be out of date.
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [folder, level] = process.argv.slice(2);
const WORTH_IT = [".css", ".js", ".svg", ".txt", ".wasm"]; // fonts and pictures are compressed already

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });

const PACKERS = { ".br": brotli, ".gz": (bytes) => gzipSync(bytes, { level: 9 }) };

/** A sibling counts as fresh when it is not older than its original. */
function isFresh(sibling, original) {
  return existsSync(sibling) && statSync(sibling).mtimeMs >= statSync(original).mtimeMs;
}

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

for (const file of files) {
  const end = extname(file);
  if (end in PACKERS) {
    if (level === "none" || !existsSync(file.slice(0, -end.length))) rmSync(file);
  } else if (level !== "none" && WORTH_IT.includes(end)) {
    for (const [suffix, pack] of Object.entries(PACKERS)) {
      if (!isFresh(file + suffix, file)) writeFileSync(file + suffix, pack(readFileSync(file)));
    }
  }
}
