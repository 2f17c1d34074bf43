/* Listening: the time beside a turn starts the page's own player there. Without this script the link opens the recording
 * by itself at that time (a media fragment, FILE#t=62), and a recording on another host is always such a link. */
"use strict";

(() => {
  const players = [...document.querySelectorAll(".recording :is(audio, video)")];

  function startAt(event) {
    const link = event.target.closest?.("a.turn-heard");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const [source, fragment] = link.getAttribute("href").split("#t=");
    const player = players.find((one) => one.getAttribute("src") === source);
    if (!player) return;
    event.preventDefault();
    for (const other of players) if (other !== player) other.pause();
    player.currentTime = Number(fragment);
    player.play().catch(() => player.focus());
  }

  document.addEventListener("click", startAt);
})();
