/* Typed words survive a dead session: kept in this tab until their form has been received. */

const SENT = "tulisan-dikirim";
const keepKey = (form) => `tulisan:${location.pathname}:${form.dataset.keep}`;
const wordsOf = (form) => all("textarea, input[type=text], input[type=datetime-local], input[type=date], select", form).filter((field) => field.name);

function remember(form) {
  const typed = wordsOf(form).filter((field) => field.value).map((field) => [field.name, field.value]);
  sessionStorage.setItem(keepKey(form), JSON.stringify(Object.fromEntries(typed)));
}

function recall(form) {
  const kept = JSON.parse(sessionStorage.getItem(keepKey(form)) || "{}");
  wordsOf(form).forEach((field) => { if (!field.value && kept[field.name]) field.value = kept[field.name]; });
}

const forget = (form) => sessionStorage.removeItem(keepKey(form));

/** A form sent without htmx was received when the server led on to the next page, which is not the sign-in page. Where the
 *  line was lost instead, people come to the next page by themselves. */
function settleSent() {
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const ledOn = performance.getEntriesByType("navigation")[0]?.redirectCount > 0;
  const refused = document.body.matches(".sign-in") || document.querySelector("[aria-invalid=true], .conflict, .lost");
  if (sent && ledOn && !refused) sessionStorage.removeItem(sent);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form) remember(form);
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-keep]:not([hx-post])")) sessionStorage.setItem(SENT, keepKey(event.target));
});

/* Half-written texts are kept by the server too, for this seat alone: a pause of three seconds, one request at a time. */

const DRAFT_EVERY = 3000;
const draftsOf = new WeakMap();

function keepDraft(form) {
  draftsOf.delete(form);
  if (!form.elements.drafted) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "drafted", value: "1" }));
  const fields = new FormData();
  ["csrf_token", "acting"].forEach((name) => form.elements[name] && fields.set(name, form.elements[name].value));
  all("textarea", form).filter((field) => field.name).forEach((field) => fields.set(field.name, field.value));
  fields.set("block", form.dataset.keep);
  fetch(form.dataset.drafts, { method: "POST", body: fields, keepalive: true, headers: { "HX-Request": "true" } }).catch(() => {});
}

document.addEventListener("input", (event) => {
  const form = event.target.matches?.("textarea") && event.target.closest("form[data-drafts]");
  if (form && !draftsOf.has(form)) draftsOf.set(form, setTimeout(() => keepDraft(form), DRAFT_EVERY));
});

const leaveDraft = (form) => { clearTimeout(draftsOf.get(form)); draftsOf.delete(form); };

document.addEventListener("submit", (event) => leaveDraft(event.target));

document.addEventListener("visibilitychange", () => {
  if (document.hidden) all("form[data-drafts]").filter((form) => draftsOf.has(form)).forEach((form) => { leaveDraft(form); keepDraft(form); });
});
