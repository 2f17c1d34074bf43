import { around, day, safe } from "./words.js";

const row = ({ url, date, data: { title, params } }) => `
<li><h2><a href="${url}">${safe(title)}</a></h2><p>${day(date)} ${params.form}</p>
<p>${safe(params.teaser)}</p></li>`;

export function render(data) {
  const { page, most, ways } = data.params;
  const rows = data.collections.rows[page]?.slice(0, most);
  return around(
    data,
    `<h1>${safe(data.title)}</h1>
${rows ? `<ol>${rows.map(row).join("")}</ol>` : ""}
<ul>${ways.map((way) => `<li><a href="/${way}">${way}</a></li>`).join("")}</ul>`,
  );
}
