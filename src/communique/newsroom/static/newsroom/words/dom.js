/* Elements, made in one line. */

/* An element with attributes and children. A function under `onclick` and the like becomes a listener. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

/* A button that sends no form and leaves the cursor where it is. */
export function button(label, pressed, attributes = {}) {
  const stay = (event) => event.preventDefault();
  return element("button", { type: "button", onmousedown: stay, onclick: pressed, ...attributes }, ...[label].flat());
}

/* A sentence with its `{slots}` filled. */
export function filled(sentence, slots) {
  return sentence.replace(/\{(\w+)\}/g, (slot, name) => slots[name] ?? slot);
}

/* A dialog of the browser's own; Enter presses its first button, Escape closes it. It lives in the editor's form and
sends nothing of its own. `build(close)` gives the children; after closing the editor has the cursor again. */
export function dialog(desk, title, build) {
  const id = `${desk.prefix}-dialog`;
  const heading = element("h2", { id }, title);
  const box = element("dialog", { class: "words-dialog", "aria-labelledby": id }, heading);
  // At once and not with the event, which comes later: the next key belongs to the text again.
  const close = () => {
    if (!box.isConnected) return;
    box.close();
    box.remove();
    desk.back();
  };
  box.append(...build(close).filter(Boolean));
  box.addEventListener("cancel", close);
  box.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Enter" || event.target.matches("button, a, textarea")) return;
    event.preventDefault();
    box.querySelector(".words-buttons button").click();
  });
  desk.root.append(box);
  box.showModal();
  return box;
}

/* A row with a label and its field. */
export function field(label, input) {
  return element("label", { class: "words-field" }, element("span", {}, label), input);
}

/* Puts new children where old ones differ, so that what somebody is about to press stays. */
export function renew(parent, children) {
  const old = [...parent.children];
  children.forEach((child, place) => {
    if (!old[place]) parent.append(child);
    else if (!old[place].isEqualNode(child)) old[place].replaceWith(child);
  });
  for (const rest of old.slice(children.length)) rest.remove();
}
