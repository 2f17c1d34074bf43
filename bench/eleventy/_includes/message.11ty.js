import { around, day, safe } from "./words.js";

export function render(data) {
  const { form, speakers, others } = data.params;
  return around(
    data,
    `<article><header><p>${form}</p><h1>${safe(data.title)}</h1>
<p><time datetime="${data.page.date.toISOString().slice(0, 10)}">${day(data.page.date)}</time></p>
${speakers.map(({ name, role }) => `<p>${safe(name)}, ${safe(role)}</p>`).join("")}
${others.map((path) => `<p><a href="${path}">${path}</a></p>`).join("")}</header>
${data.content}</article>`,
  );
}
