/* A second verifier of records, for browsers and for Node: WebCrypto and nothing else.
 *
 * Written from C2SP signed-note v1.0.0, tlog-checkpoint v1.0.0, tlog-cosignature v1, tlog-tiles, tlog-proof@v1 and
 * tlog-policy (commit 5ba5ee8), RFC 6962, RFC 8785, and the format of editions; not from our Python. Loading it sets
 * `globalThis.verifier`. Each function gives what it has checked, or throws a Refused that says what is wrong; nothing
 * is fetched: whoever has files hands over `read(path)`, which gives the bytes of a path under /record/, or null.
 *
 *     const [log, whom] = [await verifier.key(vkey), await verifier.policy(bytes)];
 *     const head = await verifier.checkpoint(bytes, log, whom);
 *     const proof = await verifier.proof(bytes, log, whom);             // a .tlog-proof with its entry
 *     const edition = await verifier.edition(bytes, proof.entry.body);  // salt, manifest, words in their places
 *
 * Signatures of unknown keys and types (0x06, …) are passed over; one false line of a known key spoils a note.
 */
"use strict";

(() => {
  class Refused extends Error {}
  const refuse = (what) => { throw new Refused(what); };

  // bytes
  const [WIDTH, HASH] = [256, 32]; // hashes in a tile or entries in a bundle; bytes
  const LIMIT = 1n << 63n;
  const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  const utf8 = (words) => new TextEncoder().encode(words);
  const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const unhex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

  function text(bytes) {
    try { return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes); } catch { return refuse("is not UTF-8"); }
  }
  const latin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const base64 = (bytes) => btoa(latin1(bytes));
  /** The bytes of standard base64 in the only way to write them. */
  function unbase64(encoded) {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(encoded) || encoded.length % 4) refuse("has something that is not base64");
    const bytes = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
    return base64(bytes) === encoded ? bytes : refuse("has base64 that is written in another way than the plain one");
  }

  async function sha256(...parts) {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  }

  /** A size, index or the like: decimal, without needless zeros, below 2^63. */
  function number(digits, what) {
    if (!/^(?:0|[1-9][0-9]{0,18})$/.test(digits) || BigInt(digits) >= LIMIT) refuse(`has ${digits.slice(0, 40)} for ${what}`);
    return BigInt(digits);
  }

  // keys, notes, checkpoints, policies
  const [ED25519, COSIGNATURE] = [1, 4];
  const isKnown = ({ type }) => [ED25519, COSIGNATURE].includes(type);
  const keyName = (name) => (!name || /[+\0-\x1f]/.test(name) || SPACES.test(name) ? refuse("has a name that no key may have") : name);

  /** A verifier key: NAME+ID+BASE64(type ‖ key). */
  async function key(line) {
    const bare = line.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    const [, name, id, encoded] = /^([^+]*)\+([^+]*)\+([^]*)$/.exec(bare) ?? refuse("is not NAME+ID+KEY");
    const data = unbase64(encoded);
    if (data.length < 2 || !/^[0-9a-f]{8}$/.test(id)) refuse("is no key with its id");
    const found = { name: keyName(name), id, type: data[0], bytes: data.slice(1), line: bare };
    if (isKnown(found)) {
      if (found.bytes.length !== 32) refuse("is a key of another length than 32 bytes");
      const digest = await sha256(utf8(name), utf8("\n"), data);
      if (hex(digest.slice(0, 4)) !== id) refuse("is a key with the id of another");
    }
    return found;
  }

  /** A signed note, well-formed: its text and its signature lines. Nobody has checked them. */
  function note(bytes) {
    if (bytes.length > 1_000_000) refuse("is longer than a note may be");
    const whole = text(bytes);
    if (/[\0-\t\x0b-\x1f]/.test(whole)) refuse("has a control character");
    const cut = whole.lastIndexOf("\n\n");
    if (cut < 0 || !whole.endsWith("\n") || cut + 2 === whole.length) refuse("has no signature lines behind an empty line");
    const lines = whole.slice(cut + 2, -1).split("\n");
    if (lines.length > 100) refuse("has more than 100 signatures");
    const signatures = lines.map((line) => {
      const [, name, encoded] = /^— ([^ ]*) ([^]*)$/.exec(line) ?? refuse("has a line that is no signature");
      const data = unbase64(encoded);
      if (data.length < 5) refuse("has a signature that is too short");
      return { name: keyName(name), id: hex(data.slice(0, 4)), data: data.slice(4) };
    });
    return { text: whole.slice(0, cut + 1), signatures };
  }

  /** Who of these keys signed a note, each once: [{key, time}]. Throws for one false line of theirs, or for nobody. */
  async function signers(found, keys) {
    const signed = [];
    for (const { name, id, data } of found.signatures) {
      const one = keys.find((known) => isKnown(known) && known.name === name && known.id === id);
      if (!one || signed.some((before) => before.key === one)) continue;
      const isCosigned = one.type === COSIGNATURE;
      if (data.length !== (isCosigned ? 72 : 64)) refuse(`has a signature of ${name} of the wrong length`);
      const time = isCosigned ? data.slice(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) : null;
      if (isCosigned && (time === 0n || time >= LIMIT)) refuse(`has a cosignature of ${name} at no time`);
      const message = utf8(isCosigned ? `cosignature/v1\ntime ${time}\n${found.text}` : found.text);
      if (!(await isSigned(one.bytes, data.slice(-64), message))) refuse(`has a false signature of ${name}`);
      signed.push({ key: one, time });
    }
    return signed.length ? signed : refuse("is not signed by any key asked for");
  }

  async function isSigned(bytes, signature, message) {
    const imported = await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]).catch(({ name }) => name);
    if (imported === "NotSupportedError") refuse("cannot be checked: this browser has no Ed25519; take a newer one");
    return imported instanceof CryptoKey && crypto.subtle.verify("Ed25519", imported, signature, message);
  }

  /** A head of a log as it stands: origin, size, root. Nobody has checked its signatures. */
  async function parseCheckpoint(bytes) {
    const found = note(bytes);
    const lines = found.text.slice(0, -1).split("\n");
    if (lines.length < 3 || !lines.every(Boolean)) refuse("does not have origin, size and root");
    const head = { origin: lines[0], size: number(lines[1], "its size"), root: unbase64(lines[2]), note: found };
    if (head.root.length !== HASH) refuse("has a root that is no hash");
    if (!head.size && !same(head.root, await sha256())) refuse("has a root that is not that of an empty tree");
    return head;
  }

  /** A head that the log's key signed, with the witnesses of the policy who cosigned it and whether they are enough. */
  async function checkpoint(bytes, log, policy = null) {
    const head = await parseCheckpoint(bytes);
    if (head.origin !== log.name) refuse(`is of the log ${head.origin}, the key is that of ${log.name}`);
    const signed = await signers(head.note, [log, ...(policy?.witnesses.map((one) => one.key) ?? [])]);
    if (!signed.some((one) => one.key === log)) refuse("is not signed by the log's key");
    const witnesses = signed.filter((one) => one.key !== log);
    return { ...head, witnesses, isWitnessed: witnesses.length > 0 && isMet(policy, witnesses.map((one) => one.key)) };
  }

  /** Whom to believe: logs, witnesses, groups, quorum, as tlog-policy has it. */
  async function policy(bytes) {
    const found = { logs: [], witnesses: [], groups: [], quorum: null };
    const [named, grouped] = [new Set(), new Set()];
    const line = await Promise.resolve(bytes).then(text).catch(() => latin1(bytes)); // names are bytes of any sort
    if (/[\0-\x08\x0b-\x1f\x7f]/.test(line)) refuse("has a control character");
    const name = (word) => (named.has(word) || word === "none" ? refuse(`has the name ${word} twice`) : named.add(word));
    const fresh = async (word, among) => {
      const made = await key(word);
      return among.some((one) => same(one.key.bytes, made.bytes)) ? refuse("has a key twice") : made;
    };
    const lines = line.split("\n").map((one) => one.replace(/^[ \t]+|[ \t]+$/g, "").split(/[ \t]+/));
    for (const [what, ...rest] of lines.filter(([word]) => word && !word.startsWith("#"))) {
      if (what === "log" && [1, 2].includes(rest.length)) found.logs.push({ key: await fresh(rest[0], found.logs) });
      else if (what === "witness" && [2, 3].includes(rest.length)) {
        name(rest[0]);
        found.witnesses.push({ name: rest[0], key: await fresh(rest[1], found.witnesses) });
      } else if (what === "group" && rest.length > 2) {
        const [own, word, ...members] = rest;
        for (const member of members) {
          if (!named.has(member) || grouped.has(member)) refuse(`has ${member} unnamed or in a group already`);
          grouped.add(member);
        }
        const count = new Map([["all", members.length], ["any", 1]]).get(word) ?? (/^[1-9][0-9]*$/.test(word) ? Number(word) : 0);
        if (!count || count > members.length) refuse("has a group that cannot be had");
        name(own);
        found.groups.push({ name: own, count, members });
      } else if (what === "quorum" && rest.length === 1 && found.quorum === null) {
        if (rest[0] !== "none" && !named.has(rest[0])) refuse("has a quorum that is not named");
        [found.quorum] = rest;
      } else refuse(`has a line \`${what}\` that is not of its format`);
    }
    return found.quorum === null ? refuse("has no line `quorum`") : found;
  }
  /** Whether cosignatures of these keys are enough for a policy. */
  function isMet({ witnesses, groups, quorum }, keys) {
    const met = new Set(["none", ...witnesses.filter((one) => keys.includes(one.key)).map((one) => one.name)]);
    for (const { name, count, members } of groups) if (members.filter((one) => met.has(one)).length >= count) met.add(name);
    return met.has(quorum);
  }

  // the tree
  const leafHash = (data) => sha256(Uint8Array.of(0), data);
  const nodeHash = (left, right) => sha256(Uint8Array.of(1), left, right);
  const areHashes = (...hashes) => hashes.every((hash) => hash.length === HASH) || refuse("has a hash of another length");

  /** The largest power of two below a number of leaves that is at least 2. */
  function split(leaves) {
    let half = 1n;
    while (half * 2n < leaves) half *= 2n;
    return half;
  }

  /** The root to which a path leads from a leaf (RFC 6962, 2.1.1), from the top down. */
  async function rootOf(index, size, leaf, path) {
    if (size === 1n) return path.length ? refuse("has more hashes than lead to the root") : leaf;
    if (!path.length) refuse("has too few hashes to lead to the root");
    const [half, top, rest] = [split(size), path.at(-1), path.slice(0, -1)];
    if (index < half) return nodeHash(await rootOf(index, half, leaf, rest), top);
    return nodeHash(top, await rootOf(index - half, size - half, leaf, rest));
  }

  async function inclusion(index, size, leaf, path, root) {
    [index, size] = [BigInt(index), BigInt(size)];
    if (index < 0n || index >= size || size >= LIMIT) refuse("is of no entry in a tree of that size");
    areHashes(leaf, root, ...path);
    if (!same(await rootOf(index, size, leaf, path), root)) refuse("does not lead to the root");
  }

  /** The roots of the first `old` leaves of a subtree and of all of it (RFC 6962, 2.1.2). */
  async function bothRoots(old, size, oldRoot, path, isLeft) {
    if (old === size) {
      if (path.length !== (isLeft ? 0 : 1)) refuse("has another number of hashes than lead to both roots");
      return isLeft ? [oldRoot, oldRoot] : [path[0], path[0]];
    }
    if (!path.length) refuse("has too few hashes");
    const [half, top, rest] = [split(size), path.at(-1), path.slice(0, -1)];
    const inLeft = old <= half;
    const [first, second] = await (inLeft ? bothRoots(old, half, oldRoot, rest, isLeft) : bothRoots(old - half, size - half, oldRoot, rest, false));
    return inLeft ? [first, await nodeHash(second, top)] : [await nodeHash(top, first), await nodeHash(top, second)];
  }

  async function consistency(old, size, oldRoot, root, path) {
    [old, size] = [BigInt(old), BigInt(size)];
    if (old <= 0n || old > size || size >= LIMIT) refuse("proves nothing for such sizes");
    if (old !== size) areHashes(oldRoot, root, ...path);
    const [first, second] = await bothRoots(old, size, oldRoot, path, true);
    if (!same(first, oldRoot) || !same(second, root)) refuse("does not lead to both roots");
  }

  // tiles and bundles
  /** tile/LEVEL/x001/x234/067[.p/WIDTH]; the level of bundles is "entries". */
  function tilePath(level, n, width = WIDTH) {
    let path = String(n % 1000).padStart(3, "0");
    for (let rest = Math.floor(n / 1000); rest; rest = Math.floor(rest / 1000)) path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
    return `tile/${level}/${path}${width < WIDTH ? `.p/${width}` : ""}`;
  }

  const hashesOf = (data, width) =>
    data.length === width * HASH ? Array.from({ length: width }, (_, at) => data.slice(at * HASH, (at + 1) * HASH)) : refuse("is a tile of another width");

  function bundle(data, width) {
    const entries = [];
    for (let at = 0; at < data.length; at += 2 + entries.at(-1).length) {
      const length = data[at] * 256 + data[at + 1];
      if (!(at + 2 + length <= data.length)) refuse("is a bundle that ends inside of an entry");
      entries.push(data.slice(at + 2, at + 2 + length));
    }
    return entries.length === width ? entries : refuse("is a bundle with another number of entries");
  }

  /** What is stored of a tile of a log of this size, out of the full one where the partial one is gone. */
  async function tile(read, level, n, size) {
    const width = Math.min(WIDTH, Math.floor(size / WIDTH ** (level === "entries" ? 0 : level)) - n * WIDTH);
    const parse = level === "entries" ? bundle : hashesOf;
    const data = await read(tilePath(level, n, width));
    if (data) return parse(data, width);
    const full = width < WIDTH && (await read(tilePath(level, n)));
    return full ? parse(full, WIDTH).slice(0, width) : refuse(`lacks ${tilePath(level, n, width)}`);
  }

  async function joined(hashes) {
    if (hashes.length < 2) return hashes[0];
    const half = Number(split(BigInt(hashes.length)));
    return nodeHash(await joined(hashes.slice(0, half)), await joined(hashes.slice(half)));
  }

  /** The root over the leaves start to stop of a log of this size, from its tiles. */
  async function over(start, stop, size, read) {
    const height = Math.floor(Math.log2(stop - start));
    const [width, level] = [2 ** height, Math.floor(height / 8)];
    const first = start / WIDTH ** level; // in units of the tile's level
    const row = (await tile(read, level, Math.floor(first / WIDTH), size)).slice(first % WIDTH, (first % WIDTH) + 2 ** (height % 8));
    return width === stop - start ? joined(row) : nodeHash(await joined(row), await over(start + width, stop, size, read));
  }

  /** The hashes that lead from an entry to the root, from the tiles; `inclusion` says whether they do. */
  async function derive(index, size, read) {
    const path = [];
    for (let [start, stop] = [0, size]; stop - start > 1; ) {
      const middle = start + Number(split(BigInt(stop - start)));
      path.unshift(index < middle ? over(middle, stop, size, read) : over(start, middle, size, read));
      [start, stop] = index < middle ? [start, middle] : [middle, stop];
    }
    return Promise.all(path);
  }

  /** Whether bundles and tiles are those of the root: every entry, every hash of every level. Gives the entries. */
  async function tree(size, root, read) {
    const entries = [];
    for (let n = 0; n * WIDTH < size; n += 1) entries.push(...(await tile(read, "entries", n, size)));
    let row = await Promise.all(entries.map(leafHash));
    if (!same(size ? await joined(row) : await sha256(), root)) refuse("has entries that do not lead to the root");
    for (let level = 0; row.length; level += 1) {
      const above = [];
      for (let n = 0; n * WIDTH < row.length; n += 1) {
        const hashes = await tile(read, level, n, size);
        if (!hashes.every((hash, at) => same(hash, row[n * WIDTH + at]))) refuse(`has other hashes in ${tilePath(level, n)}`);
        if (hashes.length === WIDTH) above.push(await joined(hashes));
      }
      row = above;
    }
    return entries;
  }

  // entries, editions, proofs
  /** Canonical JSON (RFC 8785) of objects, lists, texts, flags and whole numbers. */
  function canonical(value, depth = 0) {
    if (depth > 32 || (typeof value === "string" && /\p{Cs}/u.test(value))) refuse("is nested too deep, or has half of a pair");
    if (Array.isArray(value)) return `[${value.map((one) => canonical(one, depth + 1)).join(",")}]`;
    if (typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value)) return JSON.stringify(value);
    if (typeof value !== "object" || value === null) refuse("has a value that canonical JSON does not have here");
    const named = (name) => (/[^\0-\x7f]/.test(name) ? refuse("has a key that is not ASCII") : `${JSON.stringify(name)}:${canonical(value[name], depth + 1)}`);
    return `{${Object.keys(value).sort().map(named).join(",")}}`;
  }

  function json(line) {
    try { const value = JSON.parse(line); if (canonical(value) === line) return value; } catch { /* said below */ }
    return refuse("is not canonical JSON");
  }

  const isHash = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
  function entry(bytes) {
    const found = json(text(bytes));
    const isText = (name) => typeof found[name] === "string" && /^[ -~]+$/.test(found[name]);
    const more = ["dated", "prev", "src"].filter((name) => name in found);
    if (!["at", "body", "id", "kind", "log", ...more].every(isText) || !isHash(found.body)) refuse("is an entry that lacks what each has");
    if (!/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(found.at) || new Date(found.at).toJSON() !== found.at.replace("Z", ".000Z")) refuse("is an entry at no instant");
    if (![found.seq, found.v].every((one) => Number.isInteger(one) && one >= 1)) refuse("is an entry without its number");
    return found;
  }

  const UNPLAIN = /[\0-\t\x0b-\x1f\x7f-\x9f\u2028-\u202e\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Co}]|[^\S\n]+(?:\n|$)|\n$/u;
  /** Isolates without those that are closed in their line: of plain words none is left. */
  const unclosed = (marks, fewer = marks.replace(/[\u2066-\u2068]\u2069/g, "")) => (fewer === marks ? marks.replaceAll("\n", "") : unclosed(fewer));
  const isPlain = (words) =>
    words && words === words.normalize() && !UNPLAIN.test(words) && !Array.from(words).some((sign) => (sign.codePointAt(0) & 0xfffe) === 0xfffe) && !unclosed(words.replace(/[^\u2066-\u2069\n]/g, ""));
  /** An edition that hashes to its body: {manifest, content, texts, missing}; content has the words in their places. */
  async function edition(bytes, body) {
    const whole = text(bytes);
    const [salt, manifest, ...lines] = whole.endsWith("\n") ? whole.slice(0, -1).split("\n") : refuse("does not end its last line");
    if (!isHash(salt) || !manifest) refuse("does not begin with salt and manifest");
    if (hex(await sha256(utf8("communique/v1/body\n"), unhex(salt), utf8(manifest))) !== body) refuse("is another edition than its entry commits to");
    const found = json(manifest);
    if (typeof found !== "object" || Array.isArray(found)) refuse("has a manifest that is no object");
    const named = [...new Set(parts(found))];
    const texts = new Map();
    let at = -1;
    for (const line of lines) {
      const one = json(line);
      if (Object.keys(one).join() !== "part,salt,text" || !isHash(one.salt) || typeof one.text !== "string") refuse("has a line that is no text");
      const digest = await sha256(utf8("communique/v1/part\n"), unhex(one.salt), utf8(one.text));
      if (hex(digest) !== one.part) refuse("has words that are not those of their part");
      const place = named.indexOf(one.part);
      if (place <= at) refuse("has a line out of its place");
      if (!isPlain(one.text)) refuse("has words that are not plain");
      at = place;
      texts.set(one.part, one.text);
    }
    return { manifest: found, content: opened(found, texts), texts, missing: named.filter((part) => !texts.has(part)) };
  }

  /** The text parts of a manifest, keys sorted; a part under the key `file` is a file. */
  function parts(value, name = "") {
    if (name === "erased") return [];
    if (isHash(value)) return name === "file" ? [] : [value];
    if (typeof value !== "object") return [];
    return Array.isArray(value) ? value.flatMap((one) => parts(one)) : Object.keys(value).sort().flatMap((one) => parts(value[one], one));
  }
  function opened(value, texts, name = "") {
    if (name === "erased" || typeof value === "boolean" || typeof value === "number") return value;
    if (typeof value === "string") return isHash(value) && name !== "file" ? texts.get(value) ?? null : value;
    if (Array.isArray(value)) return value.map((one) => opened(one, texts));
    return Object.fromEntries(Object.entries(value).map(([one, inner]) => [one, opened(inner, texts, one)]));
  }

  /** A tlog-proof whose `extra` is the entry: {index, entry, head}. */
  async function proof(bytes, log, whom = null) {
    const ascii = latin1(bytes);
    const cut = ascii.indexOf("\n\n");
    const [header, ...lines] = cut < 0 ? refuse("has no empty line") : ascii.slice(0, cut).split("\n");
    if (header !== "c2sp.org/tlog-proof@v1") refuse("is no tlog-proof@v1");
    const data = lines[0]?.startsWith("extra ") ? unbase64(lines.shift().slice(6)) : refuse("has no line `extra` with the entry");
    const [, digits] = /^index (.*)$/.exec(lines.shift() ?? "") ?? refuse("has no line `index`");
    const index = number(digits, "its index");
    const path = lines.map(unbase64);
    if (path.length > 63 || path.some((hash) => hash.length !== HASH)) refuse("has a line that is no hash");
    const head = await checkpoint(bytes.slice(cut + 2), log, whom);
    await inclusion(index, head.size, await leafHash(data), path, head.root);
    const found = entry(data);
    return found.log === head.origin ? { index, entry: found, head } : refuse("has an entry of another log");
  }

  /** A saved edition with its proof, under the log's key: {index, entry, head, edition}. */
  async function saved(editionBytes, proofBytes, log, whom = null) {
    const found = await proof(proofBytes, log, whom);
    const one = await edition(editionBytes, found.entry.body);
    return one.missing.length ? refuse("lacks words; only the record can say whether they were erased") : { ...found, edition: one };
  }

  globalThis.verifier = {
    Refused, base64, bundle, canonical, checkpoint, consistency, derive, edition, entry, hashesOf, hex, inclusion, isMet, joined, key, leafHash,
    nodeHash, note, parseCheckpoint, policy, proof, same, saved, sha256, signers, text, tile, tilePath, tree, unbase64, utf8,
  };
})();
