/* Forms that open in the page, and parts of a form that depend on its move. */

const OPENABLE = ".opens";
const openedForm = () => all(".opens[data-open]").find(shown);
const openers = (id) => all(`[data-opens="${CSS.escape(id)}"]`);

function toggle(opener) {
  const form = document.getElementById(opener.dataset.opens);
  if (form) "open" in form.dataset ? shut(form) : open(form);
}

function open(form) {
  all(".opens[data-open]").forEach((other) => other !== form && shut(other, false));
  form.dataset.open = "";
  showOpen(form, true);
  needs(form);
  const first = form.querySelector("[data-first]");
  (first || form.querySelector("[autofocus], input:checked, input:not([type=hidden]), select, textarea, button"))?.focus();
  form.scrollIntoView({ block: "nearest" });
}

function shut(form, back = true) {
  delete form.dataset.open;
  if (location.hash === `#${form.id}`) leaveHash();
  showOpen(form, false);
  if (back) openers(form.id).find(shown)?.focus();
}

/** The form must not stay open as the address's target. Only a real move to another fragment undoes `:target`. */
function leaveHash() {
  const place = [scrollX, scrollY];
  location.hash = "isi";
  history.replaceState(history.state, "", location.pathname + location.search);
  scrollTo(...place);
}

function showOpen(form, isOpen) {
  openers(form.id).forEach((button) => {
    button.setAttribute("aria-expanded", String(isOpen));
    button.closest(".fact")?.toggleAttribute("data-open", isOpen);
  });
}

/** Esc closes what is nearest: a menu, an opened form, the selection. */
function escape(event) {
  const menu = document.querySelector("details[data-menu][open]");
  const form = event.target.closest?.(".opens[data-open]") || openedForm();
  if (document.querySelector("dialog[open]")) return;
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (form) {
    event.preventDefault();
    shut(form);
  } else if (inField(event.target)) {
    leave(event.target);
  } else {
    unpick();
  }
}

/** Out of a field that a key led into, back to the row; what was written stays. */
function leave(field) {
  if (!field.dataset.key) return;
  const row = currentRow();
  row ? mainLink(row)?.focus() : field.blur();
}

function needs(form) {
  const chosen = form.querySelector("[name=move]:checked, select[name=move]")?.value;
  all("[data-needs]", form).forEach((part) => {
    const wanted = part.dataset.needs.split(" ").includes(chosen);
    part.hidden = !wanted;
    all("input, select, textarea", part).forEach((field) => { field.disabled = !wanted; });
  });
}

function sayChoice(radio) {
  const place = radio.form?.querySelector("[data-says-here]");
  if (place) place.textContent = radio.dataset.says;
}

/** A picture that is pasted or dropped goes into the file field of the form that catches it; words stay words. */
function catchFiles(event, brought) {
  const field = catching();
  if (!field || !brought?.files.length || brought.types.includes("text/plain")) return;
  event.preventDefault();
  const chosen = new DataTransfer();
  [...field.files, ...brought.files].forEach((file) => chosen.items.add(file));
  field.files = chosen.files;
}

const catching = () => all("form[data-catches]").find(shown)?.querySelector("input[type=file]");

/** Chosen files do not survive a refusal: words the form cannot do without are asked for before it is sent. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const bare = (field) => !field.value.trim() && !form.elements[field.dataset.unless].value.trim();
  const field = all("[data-unless]", form).find(bare);
  if (!field) return;
  event.preventDefault();
  event.stopPropagation();
  field.setCustomValidity(field.dataset.missing);
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
}, true);
