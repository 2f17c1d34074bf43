// The review of an imported page by keys, and by dragging where a turn begins. All it does is press the buttons that are
// there; without it they are pressed by hand. Keys never act in a field, nor while their panel is open.

const review = document.querySelector("[data-review]");
const frame = review.querySelector("iframe");
const panel = document.querySelector("#keys");
const stops = () => [...review.querySelectorAll(".stop")];
const stopOf = (element) => element?.closest(".stop");
const buttonsOf = (stop) => stop.closest(".import-turn, .import-field, .prose > .stop") ?? stop;

// What has the focus is shown in its place of the source.
function show() {
  const place = document.activeElement?.closest?.("[data-lines]");
  const page = frame.contentDocument;
  if (!page) return;
  for (const line of page.querySelectorAll(".here")) line.classList.remove("here");
  const lines = (place?.dataset.lines ?? "").split(" ").filter(Boolean).map((number) => page.getElementById(`l${number}`));
  for (const line of lines) line?.classList.add("here");
  if (!lines[0]) return;
  // The source alone is scrolled: `scrollIntoView` would move the page around it, too, away from what has the focus.
  const { top, height } = lines[0].getBoundingClientRect();
  page.scrollingElement.scrollTop += top - (page.documentElement.clientHeight - height) / 2;
}
review.addEventListener("focusin", show);
frame.addEventListener("load", show);

function go(step) {
  const all = stops();
  const at = all.indexOf(stopOf(document.activeElement));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
  next?.focus();
  return Boolean(next);
}

// A button of the place that has the focus; with Shift for everything alike, where that is offered.
function press(button, alike) {
  const tick = button?.form?.querySelector("[name=alike]");
  if (tick && button.closest(".import-turn, .prose")) tick.checked = alike;
  button?.click();
  return Boolean(button);
}

function unfold(stop, selector) {
  const details = buttonsOf(stop).querySelector("details.mend");
  if (!details) return false;
  details.open = true;
  details.querySelector(selector)?.focus();
  return true;
}

function act(key, alike) {
  const stop = stopOf(document.activeElement);
  if (key === "arrowdown") return go(1);
  if (key === "arrowup") return go(-1);
  if (key === "?") return press(review.querySelector("[data-keys]"), false);
  const whole = review.querySelector(`.decide [data-key="${key}"]`);
  if (whole) return press(whole, false);
  if (!stop) return false;
  if (key === "m") return unfold(stop, "select, input:not([type=hidden], [type=checkbox]), button");
  if (key === "s") return unfold(stop, "[data-focus=s]");
  if (key === "n") return press(review.querySelector(`button[value="begin::${stop.dataset.at}"]`), alike);
  return press(buttonsOf(stop).querySelector(`[data-key="${CSS.escape(key)}"]`), alike);
}

// The key that is meant, on any keyboard: by its letter where that is Latin, else by where it lies, as on an Arabic one.
const ALIASES = { BracketLeft: "e", BracketRight: "l" };

function keyOf(event) {
  const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code);
  if (digit) return digit[1];
  if (ALIASES[event.code]) return ALIASES[event.code];
  if (event.key === "?" || event.key === "؟") return "?";
  const lies = /^Key([A-Z])$/.exec(event.code);
  return (lies && !/^[a-z]$/i.test(event.key) ? lies[1] : event.key).toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (event.target !== document.body && !review.contains(event.target)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    const details = event.target.closest("details.mend");
    if (details) details.open = false;
    (stopOf(event.target) ?? review.querySelector(".stop"))?.focus();
    return;
  }
  if (event.target.matches("input, select, textarea")) return;
  if (act(keyOf(event), event.shiftKey)) event.preventDefault();
});
review.querySelector("[data-keys]")?.addEventListener("click", () => panel.showModal());

review.dataset.review = "ready";

// Dragging: the beginning of a turn goes to the paragraph under the pointer, in this turn or the one before. Escape, or a
// pointer that the system takes away, leaves it where it was; with Shift it is a rule, as with keys.
const EDGE = 56; // so near to the edge of what is seen, the page goes on under the pointer
const scroller = () => (getComputedStyle(review.firstElementChild).overflowY === "auto" ? review.firstElementChild : document.scrollingElement);

function scrolledUnder(y) {
  const box = scroller() === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller().getBoundingClientRect();
  if (y < box.top + EDGE) scroller().scrollBy(0, -EDGE / 2);
  if (y > box.bottom - EDGE) scroller().scrollBy(0, EDGE / 2);
}

review.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".boundary");
  if (!handle || event.button) return;
  const turn = handle.closest(".import-turn");
  const paragraphs = [...turn.previousElementSibling.querySelectorAll(".import-words p"), ...turn.querySelectorAll(".import-words p")].slice(1);
  const nearest = (y) => paragraphs.reduce((best, one) =>
    Math.abs(one.getBoundingClientRect().top - y) < Math.abs(best.getBoundingClientRect().top - y) ? one : best);
  const dragged = new AbortController();
  const { signal } = dragged;
  let chosen = null;
  const end = () => {
    dragged.abort();
    handle.classList.remove("moving");
    chosen?.classList.remove("begins");
  };
  const move = (moved) => {
    scrolledUnder(moved.clientY);
    chosen?.classList.remove("begins");
    chosen = nearest(moved.clientY);
    chosen.classList.add("begins");
  };
  const drop = (dropped) => {
    const by = chosen ? Number(chosen.dataset.at) - Number(turn.dataset.at) : 0;
    end();
    if (!by) return;
    const button = turn.querySelector('[value^="move:"]');
    button.value = `move:${by}`;
    press(button, dropped.shiftKey);
  };
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  handle.classList.add("moving");
  handle.addEventListener("pointermove", move, { signal });
  handle.addEventListener("pointerup", drop, { signal });
  handle.addEventListener("pointercancel", end, { signal });
  document.addEventListener("keydown", (pressed) => pressed.key === "Escape" && end(), { signal });
});
