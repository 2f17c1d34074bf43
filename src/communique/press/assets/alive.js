/* What moves on a page: day, clocks, counters, "open now", events that have passed.
 *
 * The page carries the facts in data attributes; this script sets each figure for the reader's own instant, at once and
 * again at each full minute. The office's zone decides when a day begins. Where anything here fails, the page keeps the
 * figures with which it was made and the sentence that says of which day they are: the class "alive", which hides that
 * sentence, is only there while every figure could be set.
 *
 *   html[data-zone]          the office's zone        [data-digits] its ten digits    [data-group] its thousands sign
 *                            [data-lakh] groups of two above the thousands
 *   time[data-day]           the date line            data-pattern (CLDR), data-months, data-weekdays (Monday first)
 *   [data-weekday]           the weekday alone        data-weekdays
 *   time[data-clock]         the time in a zone
 *   [data-since]             a counter                data-shown, data-grouping, data-forms (plural category -> "… # …")
 *   [data-hours]             open now?                "12345 09:00 13:00|6 10:00 12:00", data-until (each end as printed),
 *                            data-from (each beginning), data-closed-days, data-open, data-closed, data-closed-until,
 *                            data-weekdays; data-years: the last whose closed days are known. After it nothing is said,
 *                            nor by a clock that is behind the day on which the page was made
 *   [data-last]              hidden after this day    data-first: and before this one
 *   [data-coming], [data-past]  two lists: what has passed (each one's data-until) moves to the head of the second
 */
"use strict";

(() => {
  const root = document.documentElement;
  const DAY_MS = 86_400_000;
  const formats = new Map();

  /** The wall clock of a zone at an instant: year, month, day, hour, minute, and weekday (1 Monday to 7 Sunday). */
  function wallClock(zone, now) {
    if (!formats.has(zone)) {
      const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" };
      formats.set(zone, new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", { ...fields, hourCycle: "h23", timeZone: zone }));
    }
    const wall = {};
    for (const part of formats.get(zone).formatToParts(now)) wall[part.type] = Number(part.value);
    wall.number = Date.UTC(wall.year, wall.month - 1, wall.day) / DAY_MS;
    wall.weekday = ((((wall.number + 3) % 7) + 7) % 7) + 1;
    wall.iso = `${String(wall.year).padStart(4, "0")}-${two(wall.month)}-${two(wall.day)}`;
    wall.time = `${two(wall.hour)}:${two(wall.minute)}`;
    return wall;
  }

  const two = (value) => String(value).padStart(2, "0");

  /** Text with its digits in the page's numerals. */
  function figures(text) {
    const digits = root.dataset.digits;
    return digits ? text.replace(/[0-9]/g, (digit) => [...digits][Number(digit)]) : text;
  }

  /** A whole number in the page's numerals, in groups if wanted: of three, or of two above the thousands. */
  function number(value, grouping = true) {
    const [text, { group, lakh }] = [String(value), root.dataset];
    return figures(grouping ? text.replace(lakh === "" ? /\B(?=(\d\d)*\d{3}$)/g : /\B(?=(\d{3})+$)/g, group) : text);
  }

  /** The form of a sentence for a number, from its plural forms. */
  function form(forms, value) {
    let category = "other";
    try {
      category = new Intl.PluralRules(root.lang).select(value);
    } catch {
      category = value === 1 ? "one" : "other";
    }
    return forms[category] ?? forms.other ?? Object.values(forms).at(-1) ?? "#";
  }

  /** A day by a CLDR pattern: d dd M MM MMM MMMM L… y yy yyyy E…, words in quotes. */
  function byPattern(element, wall) {
    const { pattern, months = "", weekdays = "" } = element.dataset;
    return pattern.replace(/'((?:[^']|'')*)'|d+|[ML]+|y+|E+/g, (field, quoted) => {
      if (quoted !== undefined) return quoted.replaceAll("''", "'") || "'";
      const { length } = field;
      switch (field[0]) {
        case "d":
          return figures(String(wall.day).padStart(length, "0"));
        case "y":
          return figures(length === 2 ? two(wall.year % 100) : String(wall.year));
        case "E":
          return weekdays.split("|")[wall.weekday - 1];
        default:
          return length > 2 ? months.split("|")[wall.month - 1] : figures(String(wall.month).padStart(length, "0"));
      }
    });
  }

  const dayNumber = (iso) => Date.parse(`${iso}T00:00:00Z`) / DAY_MS;

  /** Set text only where it differs: a reader's selection, and a screen reader, are left in peace. */
  function put(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function setDay(wall) {
    for (const element of document.querySelectorAll("time[data-day]")) {
      put(element, byPattern(element, wall));
      element.dateTime = wall.iso;
    }
    for (const element of document.querySelectorAll("[data-weekday]")) {
      put(element, element.dataset.weekdays.split("|")[wall.weekday - 1]);
    }
  }

  function setClocks(now) {
    for (const element of document.querySelectorAll("time[data-clock]")) {
      const { time } = wallClock(element.dataset.clock, now);
      put(element, figures(time));
      element.dateTime = time;
    }
  }

  function setCounters(wall) {
    for (const element of document.querySelectorAll("[data-since]")) {
      const { since, shown, forms, grouping } = element.dataset;
      const days = wall.number - dayNumber(since);
      element.hidden = wall.iso < shown || days < 0;
      const [before, after] = form(JSON.parse(forms), Math.abs(days)).split("#");
      const [strong] = element.getElementsByClassName("number");
      put(strong, after === undefined ? "" : number(days, grouping !== undefined)); // "two days" may be one word
      for (const [neighbour, place, text] of [
        [strong.previousSibling, "beforebegin", before],
        [strong.nextSibling, "afterend", after ?? ""],
      ]) {
        if (neighbour === null) strong.insertAdjacentText(place, text);
        else if (neighbour.data !== text) neighbour.data = text;
      }
    }
  }

  function setOpening(wall) {
    for (const element of document.querySelectorAll("[data-hours]")) {
      const { years = "9999" } = element.dataset;
      element.hidden = wall.iso.slice(0, 4) > years || wall.iso < made;
      if (element.hidden) continue;
      const { hours, until, closedDays, open, closed, closedUntil } = element.dataset;
      const [starts, ends] = [element.dataset.from.split("|"), until.split("|")];
      const rows = hours.split("|").map((span, place) => [...span.split(" "), ends[place], starts[place]]);
      const shut = closedDays.split(" ");
      const spans = isShut(shut, wall.iso) ? [] : rows;
      const now = spans.find(([days, from, to]) => days.includes(wall.weekday) && from <= wall.time && wall.time < to);
      element.dataset.state = now ? "open" : "closed";
      const next = now ? null : nextOpening(rows, shut, wall, years, element.dataset.weekdays.split("|"));
      put(element, now ? open.replace("{time}", now[3]) : next ? closedUntil.replace("{time}", next) : closed);
    }
  }

  /** Whether an office is closed on a day: that very one, or one of every year (07-14). */
  function isShut(shut, iso) {
    return shut.includes(iso) || shut.includes(iso.slice(5));
  }

  /** When an office opens again within a month: the time, if that is not today with its weekday, or, a week and more
   *  ahead, with its date as the date line writes it; null where that is later, or in a year of unknown closed days. */
  function nextOpening(rows, shut, wall, years, weekdays) {
    for (let ahead = 0; ahead < 32; ahead += 1) {
      const at = new Date((wall.number + ahead) * DAY_MS);
      const weekday = ((wall.weekday - 1 + ahead) % 7) + 1;
      if (at.getUTCFullYear() > years) return null;
      const due = isShut(shut, at.toISOString().slice(0, 10))
        ? []
        : rows.filter(([days, from]) => days.includes(weekday) && (ahead > 0 || from > wall.time));
      const [first] = due.sort((one, other) => (one[1] < other[1] ? -1 : 1));
      if (!first) continue;
      if (!ahead) return first[4];
      const line = ahead > 6 && document.querySelector("time[data-day]");
      const day = { day: at.getUTCDate(), month: at.getUTCMonth() + 1, year: at.getUTCFullYear(), weekday };
      return `${line ? byPattern(line, day) : weekdays[weekday - 1]} ${first[4]}`;
    }
    return null;
  }

  function setPassed(wall) {
    for (const element of document.querySelectorAll("[data-last]")) {
      const { first = "", last } = element.dataset;
      element.hidden = wall.iso < first || last < wall.iso;
    }
    for (const list of document.querySelectorAll("[data-events]")) {
      list.hidden = list.querySelector("[data-last]:not([hidden])") === null;
    }
    const [coming, past] = [document.querySelector("[data-coming]"), document.querySelector("[data-past]")];
    if (!coming || !past) return;
    for (const event of [...coming.children]) if (event.dataset.until < wall.iso) past.prepend(event);
    past.parentElement.hidden = past.children.length === 0;
    const none = coming.parentElement.querySelector("[data-none]");
    if (none) none.hidden = coming.children.length > 0;
  }

  let made;

  function setAll() {
    const now = Date.now();
    try {
      const wall = wallClock(root.dataset.zone, now);
      made ??= document.querySelector("time[data-day]")?.dateTime;
      setDay(wall);
      setClocks(now);
      setCounters(wall);
      setOpening(wall);
      setPassed(wall);
      root.classList.add("alive");
    } catch {
      root.classList.remove("alive");
    }
  }

  let waiting = 0;

  function keepAlive() {
    setAll();
    clearTimeout(waiting);
    waiting = setTimeout(keepAlive, 60_000 - (Date.now() % 60_000));
  }

  /** Before each picture that is drawn of a page still coming, so that no reader sees a figure jump. */
  function setEarly() {
    if (document.readyState !== "loading") return;
    setAll();
    requestAnimationFrame(setEarly);
  }

  globalThis.communique = { number, form };
  root.classList.add("alive");
  if (document.readyState === "loading") {
    document.addEventListener("readystatechange", keepAlive, { once: true });
    requestAnimationFrame(setEarly);
  } else keepAlive();
  document.addEventListener("visibilitychange", () => document.hidden || keepAlive());
  addEventListener("pageshow", (event) => event.persisted && keepAlive());
})();
