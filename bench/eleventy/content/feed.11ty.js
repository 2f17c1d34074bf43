import { SITE } from "../_includes/words.js";

export const data = {
  pagination: { data: "collections.fed", size: 1, alias: "roster" },
  permalink: ({ roster }) => `${roster.url}feed.json`,
};

const item = ({ url, date, data: { title, params } }) => ({
  id: SITE + url,
  url: SITE + url,
  title,
  content_text: params.teaser,
  date_published: date.toISOString(),
});

export function render({ roster, collections }) {
  const rows = (collections.rows[roster.data.params.page] ?? []).slice(0, 30);
  const feed = { version: "https://jsonfeed.org/version/1.1", title: roster.data.title, items: rows.map(item) };
  return JSON.stringify(feed);
}
