import { SITE, safe } from "../_includes/words.js";

export const data = {
  pagination: { data: "collections.fed", size: 1, alias: "roster" },
  permalink: ({ roster }) => `${roster.url}feed.atom`,
};

const entry = ({ url, date, data: { title, params } }) => `<entry><id>${SITE}${url}</id>
<title>${safe(title)}</title><published>${date.toISOString()}</published>
<updated>${date.toISOString()}</updated>
<link rel="alternate" type="text/html" href="${SITE}${url}"/><summary>${safe(params.teaser)}</summary></entry>`;

export function render({ roster, collections }) {
  const rows = (collections.rows[roster.data.params.page] ?? []).slice(0, 30);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><id>${SITE}${roster.url}</id><title>${safe(roster.data.title)}</title>
<link rel="alternate" type="text/html" href="${SITE}${roster.url}"/>
${rows.map(entry).join("\n")}</feed>
`;
}
