/* Typed words survive a dead session: kept in this tab until their form has been received. */

const SENT = "tulisan-dikirim";
const keepKey = (form) => `tulisan:${location.pathname}:${form.dataset.keep}`;
const wordsOf = (form) => all("textarea, input[type=text], input[type=datetime-local], select", form).filter((field) => field.name);

function remember(form) {
  const typed = wordsOf(form).filter((field) => field.value).map((field) => [field.name, field.value]);
  sessionStorage.setItem(keepKey(form), JSON.stringify(Object.fromEntries(typed)));
}

function recall(form) {
  const kept = JSON.parse(sessionStorage.getItem(keepKey(form)) || "{}");
  wordsOf(form).forEach((field) => { if (!field.value && kept[field.name]) field.value = kept[field.name]; });
}

const forget = (form) => sessionStorage.removeItem(keepKey(form));

/** A form sent without htmx was received when the next page is neither the sign-in page nor one that refuses it. */
function settleSent() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const refused = document.body.matches(".sign-in") || document.querySelector("[aria-invalid=true], .conflict, .lost");
  if (sent && !refused) sessionStorage.removeItem(sent);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form) remember(form);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-keep]:not([hx-post])")) sessionStorage.setItem(SENT, keepKey(event.target));
});
