/* The style guide of the showroom shows without a gesture what comes with one: the tools at a turn, and the row under
 * selected words with a picture card opened. It makes the gestures; what comes is the page's own (approach.js, quote.js).
 * The reader's selection is given back, and the row, which would go with it, is kept where the guide shows it. */
"use strict";

(async () => {
  const answer = document.querySelector(".guide .message[data-quoting] .turn.answer");
  if (!answer) return;
  const comes = (selector) =>
    new Promise((found) => {
      const look = () => {
        const element = document.querySelector(selector);
        if (element) found(element);
        else setTimeout(look, 50);
      };
      look();
    });
  const approach = () => answer.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  const coming = setInterval(approach, 100);
  await comes(".turn.answer .tools");
  clearInterval(coming);

  const selection = getSelection();
  selection.selectAllChildren(answer.querySelector(".turn-words > p"));
  const row = await comes(".quote-row");
  selection.removeAllRanges();
  const place = row.previousElementSibling;
  const keep = () => row.isConnected || place.after(row);
  new MutationObserver(keep).observe(place.parentElement, { childList: true });
  row.querySelector(".quote-verbs button:nth-child(3)").click();
})();
