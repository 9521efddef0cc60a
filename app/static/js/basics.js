/* Tanggap's own script. Pages work without it; it adds keys, focus, memory and manners. No HTML sinks, no eval.
 * The files of this folder are sent as one, in one scope, after htmx (app/web/assets.py).
 *
 * Authors only write attributes:
 *   data-list                 a list with keys: j k move, o and Enter open, space picks
 *   data-row                  one row in it (give it an id); data-current marks the present one
 *   data-main                 the link that opens the row (else its first link)
 *   data-pick                 the row's checkbox; data-pick-all picks every row
 *   data-picked-count         says how many are picked (inside .pickbar)
 *   data-unpick               button that empties the selection
 *   data-key="t"              pressed with that key: in an opened form, else in the selection bar when something is
 *                             picked, else in the current row, else anywhere on the page. On a field it means focus.
 *   data-opens="id"           link or button that opens the hidden form `id` (.opens) and focuses it;
 *                             its .fact gets the notch. data-closes inside closes again, as Esc does.
 *   data-focus                gets the focus when it arrives in a fragment (error summaries)
 *   data-announce="…"         said to screen readers when its element arrives in a fragment
 *   data-live                 a polling element: it skips its turn while somebody types, picks or edits in its target
 *   data-keep="name"          a form whose typed words survive a dead session, per address and name
 *   data-copy="id"            copies the field `id`, or selects it where there is no clipboard
 *   data-unless="…"           a field wanted when the form's field of that name is empty; data-missing says so
 *   data-says="…"             a radio whose choice names the form's button marked data-says-here
 *   data-needs="hold reroute" a part of a form shown only for these values of its `move` (others are disabled)
 *   data-toast                leaves after 8 s, not while hovered or focused; data-gone inside removes it
 *   data-dialog="id"          opens a <dialog>; data-theme="dark" pins a theme; data-keys-switch turns keys off
 *   data-menu                 a <details> that closes on Esc and on a press outside
 *   data-autosubmit           a GET form that sends itself when a field in it changes
 *   data-first                the field or button that an opened form focuses instead of its first field
 *   data-calm                 polls inside it pause while somebody types, selects or picks anywhere on the page
 *   data-follow               a list beside a reader: what j and k reach is opened there after a moment
 *   data-aside="id"           a link or form answered in the element `id` beside the list; where that is not shown
 *                             (phones) the browser follows it as if there were no htmx
 *   data-reader="row id"      what the reader holds; its keys wait until it holds the current row
 *   data-many                 a form that acts on a selection: the current row stays
 */
const FIELDS = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
const root = document.documentElement;

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** `part` itself and what is below it. */
const within = (part, selector) => [...(part.matches?.(selector) ? [part] : []), ...all(selector, part)];

const inField = (element) => element.closest?.(FIELDS);

const shown = (element) => (element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null);

/** Say something to screen readers. Emptied first, so that the same words are heard twice. */
function say(words) {
  const place = document.getElementById("kabar");
  if (!place || !words) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 50);
}
