/* Listening: the time beside a turn starts the page's own player there, and the turn that is heard says so. Without this
 * script the link opens the recording by itself at that time (a media fragment, FILE#t=62).
 *
 * A recording on another host is a link. Where its player is known a button stands beside it that says what it does:
 * only when it is pressed is anything of that host loaded. */
"use strict";

(() => {
  const recordings = document.querySelector(".recordings");
  const players = [...document.querySelectorAll(".recording :is(audio, video)")];
  const times = [...document.querySelectorAll("a.turn-heard")].map((link) => {
    const [source, fragment] = link.getAttribute("href").split("#t=");
    return { link, source, from: Number(fragment) };
  });
  const mark = document.createElement("span");
  mark.className = "turn-playing";
  mark.textContent = recordings.dataset.playing;

  function startAt(event) {
    const link = event.target.closest?.("a.turn-heard");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const { source, from } = times.find((one) => one.link === link);
    const player = players.find((one) => one.getAttribute("src") === source);
    if (!player) return;
    event.preventDefault();
    for (const other of players) if (other !== player) other.pause();
    player.currentTime = from;
    player.play().catch(() => player.focus());
  }

  /** Mark the turn that is heard now: the last that has begun. */
  function follow({ target }) {
    const here = times.filter(
      ({ source, from }) => source === target.getAttribute("src") && from <= target.currentTime + 0.05,
    );
    const heard = here.reduce((last, one) => (last && last.from > one.from ? last : one), null);
    if (!heard || target.paused) mark.remove();
    else if (mark.previousElementSibling !== heard.link) heard.link.after(mark);
  }

  function offer(figure) {
    const { player, play, warning } = figure.dataset;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = play;
    const words = document.createElement("p");
    words.className = "hosted";
    words.append(button, " ", warning);
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      Object.assign(frame, {
        src: player,
        title: figure.querySelector("a").textContent,
        allow: "fullscreen; encrypted-media; picture-in-picture",
        referrerPolicy: "strict-origin",
      });
      words.replaceWith(frame);
      frame.focus();
    });
    figure.prepend(words);
  }

  document.addEventListener("click", startAt);
  for (const player of players) {
    for (const moved of ["timeupdate", "play", "pause", "ended", "seeked"]) player.addEventListener(moved, follow);
  }
  document.querySelectorAll("[data-player]").forEach(offer);
})();
