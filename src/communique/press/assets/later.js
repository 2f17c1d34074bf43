/* What is put into a page later, from other files, so that the page never changes with them. "Latest events" beside a
 * message: the list of /LANG/latest/, a page of its own, put where the link to it stands. The size of the record, from its
 * signed head: "The record: 1,209 entries". Without script, or off line, the links alone are there. */
"use strict";

(() => {
  async function read(address) {
    const answer = await fetch(address);
    return answer.ok ? answer.text() : "";
  }

  async function putLatest(place) {
    const page = new DOMParser().parseFromString(await read(place.dataset.latest), "text/html");
    const list = page.querySelector(".latest-list");
    if (!list) return;
    list.removeAttribute("id");
    place.append(document.importNode(list, true));
    place.classList.add("filled");
  }

  async function putSize(places, { number, form }) {
    const size = (await read(places[0].dataset.record)).split("\n")[1] ?? "";
    if (!/^[0-9]{1,15}$/.test(size)) return;
    for (const place of places) {
      const words = form(JSON.parse(place.dataset.forms), Number(size)).replace("#", number(size));
      place.textContent = place.dataset.before + words;
    }
  }

  const stay = () => {}; // no network: the link stays
  const place = document.querySelector("[data-latest]");
  const places = [...document.querySelectorAll("[data-record]")];
  if (place) putLatest(place).catch(stay);
  if (places.length && globalThis.communique) putSize(places, globalThis.communique).catch(stay);
})();
