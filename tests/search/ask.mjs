// Asks the scripts of the search page: one JSON line in, one out. `node ask.mjs FOLDER`; FOLDER holds `search/`.
//
//   {"language", "query": {…}, "count", "languages": [tag, …]}   ->   {"total", "hits": [[address, place], …], "counts", "instead", "read": {path: bytes}, "trips"}, or {"error"}
//
// The languages' stemmers are taught first. Files that never change are read once for a process, as a browser keeps them.
// Files that are asked for before any of them has come are one trip.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const assets = new URL("../../src/communique/press/assets/", import.meta.url);
for (const name of ["words.js", "sought.js"]) vm.runInThisContext(readFileSync(new URL(name, assets), "utf8"), { filename: name });

const [, , folder, algorithms] = process.argv;
for (const [language, algorithm] of Object.entries(JSON.parse(algorithms))) {
  const { default: Stemmer } = await import(fileURLToPath(new URL(`stemmers/${algorithm}.js`, assets)));
  globalThis.words.teach(language, new Stemmer());
}

let read = {};
let [trips, trip] = [0, null];
let index = open();

function trippedTogether() {
  trip ??= new Promise((come) =>
    setImmediate(() => {
      trips += 1;
      trip = null;
      come();
    }),
  );
  return trip;
}

function open() {
  return new globalThis.sought.Index(async (path) => {
    await trippedTogether();
    try {
      const bytes = new Uint8Array(readFileSync(`${folder}/search/${path}`));
      read[path] = bytes.length;
      return bytes;
    } catch (error) {
      if (error.code === "ENOENT") return null;
      throw error;
    }
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answerTo(JSON.parse(line)).catch((error) => ({ error: String(error) })))}\n`);
}

async function answerTo({ language, query, count, cold, text }) {
  let answer;
  if (text !== undefined) answer = [...globalThis.words.wordsIn(text, language)];
  else {
    [read, trips] = [{}, 0];
    if (cold) index = open();
    const asked = globalThis.sought.read(query);
    const found = asked.isAnything ? await index.find(asked, language, 0, count) : { total: 0, hits: [], counts: null };
    const hits = found.hits.map(({ address, place }) => [address, place]);
    answer = { total: found.total, hits, counts: found.counts, instead: found.instead ?? "", read, trips };
  }
  return answer;
}
