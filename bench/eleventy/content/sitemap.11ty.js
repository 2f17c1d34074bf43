import { SITE } from "../_includes/words.js";

export const data = { permalink: "/sitemap.xml" };

const place = ({ url, date }) => `<url><loc>${SITE}${url}</loc><lastmod>${date.toISOString()}</lastmod></url>`;

export const render = ({ collections }) => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${collections.addressed.map(place).join("\n")}
</urlset>
`;
