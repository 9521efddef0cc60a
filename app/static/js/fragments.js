/* Manners around htmx: wait quietly, never swap under somebody's hands, put the focus where the work is. */

const BONES_AFTER = 300;

/** Whether somebody types, selects text, picks rows or has a form open in `part`. */
function busy(part) {
  if (!part?.contains) return false;
  const chosen = document.getSelection();
  const typing = part.contains(document.activeElement) && inField(document.activeElement);
  const selecting = chosen && !chosen.isCollapsed && part.contains(chosen.anchorNode);
  return Boolean(typing || selecting || part.querySelector("[data-pick]:checked") || openedIn(part));
}

/** Forms that somebody opened; one that the page opened by itself (`data-open="asked"`) once something in it changed. */
const openedIn = (part) => all(".opens[data-open]", part)
  .some((form) => form.dataset.open !== "asked" || touched(form));

function touched(form) {
  return [...form.elements].some((field) => field.matches("[type=radio], [type=checkbox]")
    ? field.checked !== field.defaultChecked
    : field.matches("input:not([type=hidden]), textarea") && field.value !== field.defaultValue);
}

/** What has to be at rest before `part` may change. */
const calmed = (part) => (part?.closest?.("[data-calm]") ? document.body : part);

const isPoll = (ctx) => Boolean(ctx.sourceElement?.matches?.("[data-live]"));

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (isPoll(ctx)) {
    if (document.hidden || busy(calmed(ctx.target))) event.preventDefault();
    return;
  }
  const source = ctx.sourceElement;
  ctx.waiting = source.matches("form") ? source.querySelector(".btn-main") : source;
  ctx.bones = setTimeout(() => { if (ctx.waiting) ctx.waiting.dataset.wait = ""; }, BONES_AFTER);
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  clearTimeout(ctx.bones);
  if (ctx.waiting) delete ctx.waiting.dataset.wait;
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement.closest("form[data-keep]");
  if (form && ctx.response.status < 400) forget(form);
});

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (isPoll(ctx) && busy(calmed(ctx.target))) return event.preventDefault();
  if (ctx.sourceElement?.matches?.("[data-many]")) return; // the picked rows themselves come back
  const late = ({ type, target }) => type === "partial" && busy(typeof target === "string" ? document.querySelector(target) : target);
  tasks.splice(0, tasks.length, ...tasks.filter((task) => !late(task)));
});

document.addEventListener("htmx:after:settle", (event) => {
  const { newContent, task } = event.detail;
  const parts = newContent.filter((node) => node instanceof Element);
  parts.forEach(welcome);
  say(parts.flatMap((part) => within(part, "[data-announce]"))[0]?.dataset.announce);
  if (task.type === "main") placeFocus(parts, task);
});

/** An error first; else, when the focused element went with the old fragment, the value it belonged to. */
function placeFocus(parts, task) {
  const first = (selector) => parts.flatMap((part) => within(part, selector)).find(shown);
  const wrong = first("[data-focus]") || first("[aria-invalid=true]");
  if (wrong) return wrong.focus();
  const lost = document.activeElement === document.body && !task.sourceElement?.matches?.("[data-live]");
  if (lost) (first(".edit") || first("[data-main]") || first("a[href], button"))?.focus({ preventScroll: true });
}

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !isPoll(event.detail.ctx)) tellUnsent();
});

function tellUnsent() {
  const note = Object.assign(document.createElement("div"), { className: "say" });
  const words = navigator.onLine ? "Server belum menjawab." : "Tanpa jaringan.";
  Object.assign(note.dataset, { say: "offline", toast: "" });
  note.append(Object.assign(document.createElement("div"), { textContent: `${words} Tulisan Anda tetap di layar; kirim lagi sebentar lagi.` }));
  document.getElementById("toasts")?.replaceChildren(note);
  timeToast(note);
}
