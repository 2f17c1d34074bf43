/* What the templates share. */

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const MONTHS = "January February March April May June July August September October November December".split(" ");

export const SITE = "https://corpus.example";

export const safe = (text) => String(text).replace(/[&<>"]/g, (sign) => SIGNS[sign]);

export const day = (date) => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;

export const around = (data, main) => `<!doctype html>
<html lang="${data.params.tag}"><head><meta charset="utf-8"><title>${safe(data.title)} · Embassy of Orsemund</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="${SITE}${data.page.url}"><link rel="stylesheet" href="/assets/style.css">
<script src="/assets/alive.js" defer></script></head>
<body><a class="skip" href="#text">To the text</a>
<header><p class="name"><a href="/${data.params.tag}/">Embassy of Orsemund</a></p>
<p class="day">${day(data.page.date)}</p>
<nav><ul><li><a href="/en/" hreflang="en">English</a></li><li><a href="/fr/" hreflang="fr">Français</a></li></ul></nav>
<nav><ul><li><a href="/${data.params.tag}/statements/">Statements</a></li>
<li><a href="/${data.params.tag}/interviews/">Interviews</a></li>
<li><a href="/${data.params.tag}/briefings/">Briefings</a></li></ul></nav></header>
<main id="text">
${main}
</main>
<footer><ul><li><a href="/${data.params.tag}/all/">All messages</a></li>
<li><a href="/${data.params.tag}/people/">People</a></li><li><a href="/${data.params.tag}/all/feed.atom">Feed</a></li>
<li><a href="/record/">The record</a></li></ul>
<p>As of ${day(data.page.date)}</p></footer></body></html>
`;
