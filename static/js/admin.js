/*
 * What the workplace does better with JavaScript, and does without it: more than one new row of a part at a time.
 */
(() => {
  "use strict";

  const addRow = (button) => {
    const prefix = button.dataset.addRow;
    const rows = document.querySelector(`[data-rows="${CSS.escape(prefix)}"]`);
    const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
    const made = document.createElement("div");
    made.innerHTML = rows
      .querySelector("template")
      .innerHTML.replaceAll("__prefix__", total.value)
      .replaceAll(`${prefix}-empty`, `${prefix}-${total.value}`);
    const row = made.firstElementChild;
    rows.append(row);
    total.value = Number(total.value) + 1;
    row.open = true;
    row.querySelector("input:not([type=hidden]), select, textarea").focus();
  };

  // The button comes with the first new row that somebody opens.
  const offer = (rows) => {
    const button = document.querySelector(`[data-add-row="${CSS.escape(rows.dataset.rows)}"]`);
    if (rows.querySelector("[data-new-row][open]")) button.parentElement.hidden = false;
  };

  document.querySelectorAll("[data-rows]").forEach((rows) => {
    offer(rows);
    rows.addEventListener("toggle", () => offer(rows), { capture: true });
  });
  document.querySelectorAll("[data-add-row]").forEach((button) => button.addEventListener("click", () => addRow(button)));
})();
