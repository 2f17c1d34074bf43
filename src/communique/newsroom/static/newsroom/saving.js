// Wagtail saves a draft by itself half a second after it was changed, and whole when somebody presses a button. The two
// know nothing of each other: an autosave that waits goes out while the page is being left, and is refused because a newer
// version is there by then; one that is still on its way could be written after the words that were saved on purpose.
//
// So a button takes the place of an autosave that waits, and lets one that is on its way arrive first.
//
// Wagtail also compares the form only now and then: nothing in its first two seconds, which it takes for what was always
// there; then each half second; and what was typed while a save was on its way it takes for saved. Whoever left in one of
// these gaps would lose words without being asked. So what was typed is counted here, and what has arrived with it.

const PATIENCE_MS = 8000;

export function nothingLost(form) {
  let typed = 0; // how often something was typed, chosen or set
  let kept = 0; // up to which of them the server has it
  let watching = false;
  const sent = new WeakMap(); // what set off a save by itself -> up to which it holds
  const seen = new WeakMap(); // a field that a script sets -> what it held when it was counted last
  const unsaved = () => typed > kept;

  // A script sets fields while the page is made ready, which nobody has typed; afterwards only for somebody.
  const isTyping = ({ isTrusted, type, target }) => {
    if (type.startsWith("words:")) return true;
    if (!target.name || target.closest("words-editor")) return false; // the words say so themselves, at once
    if (isTrusted) return type === "input"; // `change` comes once more with the next click
    if (seen.get(target) === target.value || !(watching || target.closest("[data-piece]"))) return false;
    seen.set(target, target.value);
    return true;
  };
  for (const name of ["input", "change", "words:typed", "words:follows"]) {
    form.addEventListener(name, (event) => {
      if (isTyping(event)) typed += 1;
    }, { capture: true });
  }

  // Wagtail is told once it has done with the event of its own that is heard here.
  const tell = () => {
    if (unsaved()) form.dataset.wUnsavedHasEditsValue = form.dataset.wUnsavedForceValue = "true";
  };
  form.addEventListener("w-unsaved:watch-edits", () => {
    watching = true;
    setTimeout(tell);
  });
  form.addEventListener("w-unsaved:clear", () => setTimeout(tell));
  form.addEventListener("w-autosave:save", ({ detail }) => {
    if (detail.trigger) sent.set(detail.trigger, typed);
  });
  form.addEventListener("w-autosave:success", ({ detail }) => {
    kept = Math.max(kept, sent.get(detail.trigger) ?? 0);
    setTimeout(tell);
  });

  window.addEventListener("beforeunload", () => {
    window.wagtail?.app?.getControllerForElementAndIdentifier(form, "w-unsaved")?.check();
    tell();
    if (commentUnsaved()) form.dataset.wUnsavedHasEditsValue = "true";
  }, { capture: true });
}

// A comment is kept with the form; until its own button was pressed it is in no field of it.
function commentUnsaved() {
  const { commentApp } = window.comments ?? {};
  if (!commentApp) return false;
  const state = commentApp.store.getState();
  const isBeingTyped = ({ mode, newText, newReply, text }) =>
    Boolean((mode === "creating" && newText) || (mode === "editing" && newText !== text) || newReply);
  return commentApp.selectors.selectIsDirty(state) || [...state.comments.comments.values()].some(isBeingTyped);
}

export function oneSaveAtATime(form) {
  const waits = Number(form.dataset.wAutosaveIntervalValue || 500);
  let announced = null; // Wagtail's event of an autosave that has neither arrived nor failed
  let leaving = false;

  // Wagtail asks whether the event was prevented only when it sends, after its half second.
  form.addEventListener("w-autosave:save", (event) => {
    if (leaving) event.preventDefault();
    else announced = { event, at: performance.now() };
  });
  for (const end of ["success", "error"]) {
    form.addEventListener(`w-autosave:${end}`, () => {
      announced = null;
    });
  }

  // What was saved by itself is what the form goes on from: a button sends that, or its own words would be another's.
  form.addEventListener("w-autosave:success", ({ detail }) => {
    for (const name of ["revision_id", "revision_created_at"]) {
      const began = form.elements[`loaded_${name}`];
      if (began && detail?.data?.[name]) began.value = detail.data[name];
    }
  });

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    if (!announced || announced.event.defaultPrevented) return;
    if (performance.now() - announced.at < waits) {
      announced.event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    arrived(form).then(() => submit(form, event.submitter));
  });
}

// An autosave that is on its way has arrived, or failed, or took too long: what is on the page goes out in any case.
const arrived = (form) =>
  new Promise((resolve) => {
    for (const end of ["success", "error"]) form.addEventListener(`w-autosave:${end}`, resolve, { once: true });
    setTimeout(resolve, PATIENCE_MS);
  });

// Its button is out of use by now (Wagtail shows that it works), and a button out of use says nothing to the desk.
export function submit(form, button) {
  if (button?.name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value }));
  form.requestSubmit();
}

// Where somebody else saved meanwhile, Wagtail would ask whether to write over it before anything is sent. The desk answers
// that itself, with what differs and what was typed (`meanwhile.html`), so that the question is not asked here.
export function askedByTheDesk() {
  document.addEventListener("click", () => {
    const session = document.querySelector("[data-w-session-intercept-value='conflict']");
    if (session) session.dataset.wSessionInterceptValue = "";
  }, { capture: true });
}

// And saving by itself stops there, which Wagtail explains with "Saving will overwrite a newer version". Here it does not.
export function writesOverNothing(form, sentence) {
  form.addEventListener("w-autosave:error", ({ detail }) => {
    if (detail.type === "invalid_revision") detail.text = sentence;
  });
}
