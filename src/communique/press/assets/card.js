/* The picture card: quoted words, who said them, when, and their address, drawn in the reader's own browser.
 *
 * The browser sets the words itself, in an element nobody sees, so lines break as they do on the page in any script:
 * right to left, Chinese, Devanagari. Then each line is drawn. Colours are the page's, arms and name the office's. The
 * file is a PNG that carries the words as alternative text: a `Description`, and XMP with the IPTC field for it. */
"use strict";

(() => {
  const WIDTH = 1200;
  const SIDE = 80;
  const LEAST = 675; // 16 to 9
  const ARMS = 72;
  const SIZES = [90, 220, 480, 1000]; // up to so many characters the largest type, and so on (quote.css)
  const root = document.documentElement;
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();

  /** The lines into which the browser breaks a text in the type of a class of quote.css, with font, colour and height. */
  async function setIn(text, type) {
    const box = document.createElement("div");
    box.className = `card-line card-${type}`;
    box.append(text);
    document.body.append(box);
    const { font, color, lineHeight } = getComputedStyle(box);
    await document.fonts.load(font, text).catch(() => {}); // a face of the reader's own machine that is not there
    const height = parseFloat(lineHeight);
    const lines = brokenLines(box.firstChild, height);
    box.remove();
    return lines.map((line) => ({ line, font, color, height, gap: 0, type }));
  }

  /** A text node's lines: a new one begins where a sign stands lower than the one before it. */
  function brokenLines(node, height) {
    const [text, range, lines] = [node.data, document.createRange(), []];
    let [start, middle] = [0, null];
    for (let at = 0, next; at < text.length; at = next) {
      next = at + (text.codePointAt(at) > 0xffff ? 2 : 1);
      range.setStart(node, at);
      range.setEnd(node, next);
      const [rect] = range.getClientRects();
      if (!rect?.width) continue; // a mark on the letter before it, a blank at the end of a line
      const here = rect.top + rect.height / 2;
      if (middle !== null && here > middle + height / 2) {
        lines.push(text.slice(start, at));
        start = at;
      }
      if (middle === null || start === at) middle = here;
    }
    return [...lines, text.slice(start)].map((line) => line.trim()).filter(Boolean);
  }

  /** What is drawn, from the top: lines with their font and colour, each so far below the one before. */
  async function rowsOf({ quotes, opening, closing, source, address, name }) {
    const { length } = quotes.map((one) => one.words).join("");
    const size = SIZES.filter((most) => length > most).length;
    const rows = [];
    const put = async (text, type, gap = 0) => {
      const [first, ...others] = await setIn(text, type);
      rows.push({ ...first, gap }, ...others);
    };
    for (const one of quotes) {
      if (quotes.length > 1 && name(one)) await put(name(one), "source", rows.length && 26);
      await put(`${opening}${one.words}${closing}`, `words-${size}`);
    }
    await put(source, "source", 34);
    await put(address.replace(/#?:~:.*/, "").replace("https://", ""), "address", 10);
    return rows;
  }

  /** The office's arms as they stand in the masthead, a drawing in the page's ink. */
  async function arms(size) {
    const shown = document.querySelector(".masthead .arms");
    const source = shown?.currentSrc || shown?.src || (shown && getComputedStyle(shown).maskImage.match(/url\("(.*)"\)/)?.[1]);
    if (!source) return null;
    try {
      const picture = new Image(size, size);
      picture.src = source;
      await picture.decode();
      const sheet = Object.assign(document.createElement("canvas"), { width: size, height: size });
      const pen = sheet.getContext("2d");
      const ratio = picture.naturalWidth / picture.naturalHeight || 1;
      const [wide, high] = ratio > 1 ? [size, size / ratio] : [size * ratio, size];
      pen.drawImage(picture, (size - wide) / 2, (size - high) / 2, wide, high);
      if (!shown.src) {
        Object.assign(pen, { globalCompositeOperation: "source-in", fillStyle: colour("ink") });
        pen.fillRect(0, 0, size, size);
      }
      return sheet;
    } catch {
      return null; // a card without arms
    }
  }

  /** Draw a quotation: the canvas, and the PNG that holds its words too. */
  async function card(quotation) {
    const rows = await rowsOf(quotation);
    const drawing = await arms(ARMS);
    const start = 190;
    const needed = start + rows.reduce((sum, row) => sum + row.gap + row.height, 0) + 70;
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [WIDTH, Math.max(LEAST, needed)];
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", quotation.text);
    const pen = canvas.getContext("2d");
    const right = root.dir === "rtl";
    const edge = right ? WIDTH - SIDE : SIDE;
    pen.fillStyle = colour("paper");
    pen.fillRect(0, 0, WIDTH, canvas.height);
    pen.fillStyle = colour("ink");
    pen.fillRect(SIDE, 138, WIDTH - 2 * SIDE, 4);
    pen.fillRect(SIDE, 145, WIDTH - 2 * SIDE, 1.5);
    Object.assign(pen, { textBaseline: "alphabetic", direction: right ? "rtl" : "ltr", textAlign: "start" });
    if (drawing) pen.drawImage(drawing, right ? edge - ARMS : edge, 44);
    pen.font = `${colour("title-weight")} 38px ${colour("serif")}`;
    pen.fillText(quotation.office, edge + (drawing ? (right ? -ARMS - 20 : ARMS + 20) : 0), 94, WIDTH - 2 * SIDE - ARMS);
    let line = start + Math.max(0, (canvas.height - needed) / 2);
    for (const row of rows) {
      line += row.gap + row.height;
      pen.font = row.font;
      pen.fillStyle = row.color;
      pen.direction = right && row.type !== "address" ? "rtl" : "ltr";
      pen.textAlign = right ? "right" : "left";
      pen.fillText(row.line, edge, line - row.height * 0.28);
    }
    const png = await new Promise((done) => canvas.toBlob(done, "image/png"));
    return { canvas, file: await withWords(png, quotation.text) };
  }

  // ---------------------------------------------------------------- words in a PNG (PNG 3rd edition, 11.3.3.4 iTXt)

  /** The PNG with the words as alternative text, before its first pixels. */
  async function withWords(png, words) {
    const bytes = new Uint8Array(await png.arrayBuffer());
    const safe = words.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const xmp =
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
      `<rdf:Description rdf:about="" xmlns:c="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"><c:AltTextAccessibility>` +
      `<rdf:Alt><rdf:li xml:lang="x-default">${safe}</rdf:li></rdf:Alt></c:AltTextAccessibility></rdf:Description>` +
      `</rdf:RDF></x:xmpmeta>`;
    const head = 33; // signature and IHDR
    const texts = [chunk("Description", words), chunk("XML:com.adobe.xmp", xmp)];
    return new Blob([bytes.slice(0, head), ...texts, bytes.slice(head)], { type: "image/png" });
  }

  function chunk(keyword, text) {
    const data = new TextEncoder().encode(`iTXt${keyword}\0\0\0\0\0${text}`);
    const whole = new Uint8Array(data.length + 8);
    const view = new DataView(whole.buffer);
    view.setUint32(0, data.length - 4);
    whole.set(data, 4);
    let crc = -1;
    for (const byte of data) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    view.setUint32(data.length + 4, ~crc >>> 0);
    return whole;
  }

  globalThis.communique.card = card;
})();
