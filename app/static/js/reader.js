/* The reader beside a list (/pantauan): it follows the current row, its keys never act on another row than that,
 * and a sorted row gives way to the next one that waits. Where the reader is not shown, links are just links. */

const FOLLOW_AFTER = 150;
let following, waitingKey = "", lastCurrent = "";

const asideOf = (element) => document.getElementById(element?.dataset.aside || "");
const readerOf = (row) => row?.closest("[data-follow]") && asideOf(mainLink(row));
const holds = (reader, row) => reader.querySelector("[data-reader]")?.dataset.reader === row.id && !("stale" in reader.dataset);

/** Whether there is a reader and it shows another row than the current one, or none. */
function isBehind() {
  const reader = readerOf(currentRow());
  return Boolean(reader && shown(reader) && !holds(reader, currentRow()));
}

/** What j and k reach is opened after a moment. */
function follow(row) {
  clearTimeout(following);
  following = setTimeout(() => { if (currentRow() === row && isBehind()) mainLink(row).click(); }, FOLLOW_AFTER);
}

/** A key that acts in the reader waits until the current row is there. Returns whether it has to. */
function waitsForReader(key, element) {
  const acts = element ? element.closest("[data-reader]") : /^[tmsx1-3]$/.test(key);
  if (!acts || picked().length || !isBehind()) return false;
  waitingKey = key;
  mainLink(currentRow()).click();
  return true;
}

function readerArrived(reader) {
  const key = waitingKey;
  delete reader.dataset.stale;
  reader.scrollTop = 0;
  waitingKey = "";
  // htmx binds what has arrived after it says that it has settled: a form pressed now would leave the page.
  setTimeout(() => {
    const element = key && !isBehind() && keyed(key);
    if (element) press(element);
  });
}

/** The row stays where it is. The next that waits becomes current; a row that was taken back is read again. */
function rowChanged(row) {
  const reader = readerOf(row);
  if (!reader || row.id !== lastCurrent) return;
  const list = rows();
  const next = "gone" in row.dataset && list.slice(list.indexOf(row) + 1).find((other) => !("gone" in other.dataset));
  if (next) return reach(next);
  reader.dataset.stale = "";
  reach(row);
}

function openFirst() {
  const first = rows()[0];
  const reader = readerOf(first);
  if (!reader || !shown(reader) || currentRow()) return;
  mark(first);
  mainLink(first).click();
}

for (const kind of ["click", "submit"]) {
  document.addEventListener(kind, (event) => {
    const element = event.target.closest?.(kind === "submit" ? "form[data-aside]" : "a[data-aside]");
    const reader = asideOf(element);
    if (element) clearTimeout(following);
    if (element && !(reader && shown(reader))) event.stopPropagation();
  }, true);
}

document.addEventListener("htmx:before:request", (event) => {
  const { sourceElement, target } = event.detail.ctx;
  if (!sourceElement.matches?.("[data-main][data-aside]")) return;
  const row = sourceElement.closest("[data-row]");
  if (holds(target, row) && !target.hasAttribute("aria-busy")) return event.preventDefault();
  target.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:finally:request", (event) => {
  const { sourceElement } = event.detail.ctx;
  if (sourceElement.matches?.("[data-main][data-aside]")) asideOf(sourceElement)?.removeAttribute("aria-busy");
});

document.addEventListener("htmx:before:swap", () => { lastCurrent = currentRow()?.id || ""; });

document.addEventListener("htmx:after:settle", (event) => {
  const { newContent, task } = event.detail;
  const parts = newContent.filter((node) => node instanceof Element);
  const row = parts.find((part) => part.matches("[data-row]"));
  const read = parts.find((part) => part.matches("[data-reader]"));
  if (row) countPicked();
  if (row && row.id === lastCurrent) mark(row);
  if (row && !task.sourceElement?.matches?.("[data-many]")) rowChanged(row);
  if (read) readerArrived(read.parentElement);
});

// htmx binds its links in a task of its own after the script has run.
addEventListener("load", () => setTimeout(openFirst));
