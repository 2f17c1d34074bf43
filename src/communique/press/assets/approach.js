/* What quotes words (quote.js) is as heavy as the words of a page, and most readers only read. So it comes, where words
 * of one language stand alone, when a reader approaches: points at a turn, brings the focus into one, or selects. What
 * the reader did before it came is taken up.
 *
 * Keys: ↓ ↑ Home End go from turn to turn while a turn's number has the focus, and nowhere else. Letters (j, k) are the
 * quick keys of screen readers and Alt with arrows is theirs and the browser's; on a focused link arrows are free, and
 * a screen reader that reads by arrows keeps them.
 */
"use strict";

(() => {
  const message = document.querySelector(".message");
  if (!message) return;

  function come() {
    for (const [place, type] of signs) place.removeEventListener(type, come);
    const script = document.createElement("script");
    script.src = message.dataset.quoting;
    document.head.append(script);
  }

  const signs = [[message, "pointerover"], [message, "focusin"], [document, "selectionchange"]];
  if (message.dataset.quoting) for (const [place, type] of signs) place.addEventListener(type, come);

  function goTo(event) {
    const here = event.target.closest?.(".turn-number");
    if (!here || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const numbers = [...message.querySelectorAll(".turn-number")];
    const at = numbers.indexOf(here);
    const next = numbers[{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: numbers.length - 1 }[event.key]];
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    next.closest(".turn, .pair").scrollIntoView();
  }

  message.addEventListener("keydown", goTo);

  /** A browser that knows no text fragments takes the whole of "t3:~:text=…" for a name: lead it to the turn. */
  const [name, directive] = location.hash.slice(1).split(":~:");
  if (directive !== undefined && document.getElementById(name)) location.replace(`#${name}`);
})();
