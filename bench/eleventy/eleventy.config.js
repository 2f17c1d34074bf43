/* The pages of Hugo's templates in bench/baking.py, from the same content. */

export default function (config) {
  const typed = (api, type) => api.getAll().filter(({ data }) => data.type === type);
  config.addCollection("rows", (api) => {
    const rows = {};
    for (const one of typed(api, "message").sort((a, b) => b.date - a.date))
      for (const page of one.data.rows) (rows[page] ??= []).push(one);
    return rows;
  });
  config.addCollection("fed", (api) => typed(api, "roster").filter(({ data }) => data.outputs.length > 1));
  config.addCollection("addressed", (api) => [...typed(api, "message"), ...typed(api, "roster")]);
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
}
