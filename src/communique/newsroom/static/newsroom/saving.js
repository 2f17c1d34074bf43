// Wagtail saves a draft by itself half a second after it was changed, and whole when somebody presses a button. The two
// know nothing of each other: an autosave that waits goes out while the page is being left, and is refused because a newer
// version is there by then; one that is still on its way could be written after the words that were saved on purpose.
//
// So a button takes the place of an autosave that waits, and lets one that is on its way arrive first.
//
// And Wagtail begins to watch two seconds after the page is there: what was typed sooner it takes for what was always
// there, so that nobody would be asked before leaving. That, too, is made known here.

const PATIENCE_MS = 8000;

export function keepEarly(form) {
  let early = false;
  // A script's own events are none, but what a button of ours has set (`words:follows`) is.
  for (const name of ["input", "change", "words:follows"]) {
    form.addEventListener(name, (event) => {
      early ||= event.isTrusted || name === "words:follows";
    }, { capture: true });
  }
  form.addEventListener("w-unsaved:watch-edits", () => {
    if (early) form.dataset.wUnsavedHasEditsValue = form.dataset.wUnsavedForceValue = "true";
  }, { once: true });
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
function submit(form, button) {
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
