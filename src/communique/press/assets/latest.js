/* "Latest events" beside a message: the list of /LANG/latest/, a page of its own, is put where the link to it stands.
 * So a message's page never changes when another message is published. Without script, or off line, the link stays. */
"use strict";

(async () => {
  const place = document.querySelector("[data-latest]");
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.latest);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = page.querySelector(".latest-list");
    if (!list) return;
    list.removeAttribute("id");
    place.append(document.importNode(list, true));
    place.classList.add("filled");
  } catch {
    /* no network: the link stays */
  }
})();
