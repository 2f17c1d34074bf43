// A passkey that the browser could not use is told of in a sentence; without passkeys in the browser, no button for one.

const noPasskeys = !window.PublicKeyCredential;
for (const button of document.querySelectorAll("[data-passkey]")) {
  if (noPasskeys) button.closest(".passkey").hidden = true;
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.querySelector("[data-passkey-said]");
  const name = event.detail.exception && event.detail.exception.name;
  said.textContent = name === "InvalidStateError" ? said.dataset.known : said.dataset.failed;
  said.hidden = false;
});
