// A session ends after twelve hours, or somebody ends it, or the network is gone. The button's form would then lead to the
// sign-in or to the browser's own page, and what was typed would be gone with it. So the desk is asked first whether it
// would take the form. If not, the form stays and says why; once whoever writes is signed in again, in another window,
// it goes on: with the secret of the new session, without which the desk would refuse a form of the old one.

import { submit } from "./saving.js";

const ANSWERS_WHO_IS_SIGNED_IN = "/roles/";
const ASK_AGAIN_MS = 15_000;

export function staysUntilReached(form, strings) {
  let going = false;
  let notice = null;
  let again = null;

  form.addEventListener("submit", async (event) => {
    if (going) {
      going = false;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const state = await asked();
    if (state === "taken") {
      going = true;
      submit(form, event.submitter);
      return;
    }
    if (event.submitter) event.submitter.dataset.wProgressLoadingValue = "false";
    say(state);
    notice.scrollIntoView({ block: "center" });
  }, { capture: true });

  form.addEventListener("w-autosave:error", async ({ detail }) => {
    if (!["server_error", "network_error"].includes(detail.type)) return;
    detail.text = strings.not_kept;
    const state = await asked();
    if (state !== "taken") say(state);
  });

  // Saved at once when the desk takes it again: nobody has to remember that it was not.
  const look = async () => {
    if (!notice) return;
    const state = await asked();
    if (!notice) return;
    if (state !== "taken") return say(state);
    notice.remove();
    notice = null;
    clearInterval(again);
    form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }));
  };
  window.addEventListener("focus", look);

  function say(state) {
    if (notice?.dataset.state === state) return;
    const said = noticeOf(state, strings);
    if (notice) notice.replaceWith(said);
    else {
      form.prepend(said);
      again = setInterval(look, ASK_AGAIN_MS);
    }
    notice = said;
  }
}

// "taken", "out" of who is signed out, "away" where nothing answers.
async function asked() {
  try {
    const answer = await fetch(ANSWERS_WHO_IS_SIGNED_IN, { redirect: "manual", cache: "no-store" });
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) return "out";
    if (!answer.ok) return "away";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token) renew(token);
    return "taken";
  } catch {
    return "away";
  }
}

function renew(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  if (window.wagtailConfig) window.wagtailConfig.CSRF_TOKEN = token;
}

function noticeOf(state, strings) {
  const notice = Object.assign(document.createElement("div"), { className: "not-reached" });
  notice.dataset.state = state;
  notice.setAttribute("role", "alert");
  notice.append(Object.assign(document.createElement("p"), { textContent: state === "out" ? strings.signed_out : strings.away }));
  if (state === "out") {
    const door = { href: "/accounts/login/", target: "_blank", className: "button", textContent: strings.sign_in };
    notice.append(Object.assign(document.createElement("a"), door));
  }
  return notice;
}
