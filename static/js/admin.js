/*
 * What the workplace does better with JavaScript, and does without it: another empty row of a part without saving first.
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

  document.querySelectorAll("[data-add-row]").forEach((button) => {
    button.parentElement.hidden = false;
    button.addEventListener("click", () => addRow(button));
  });
})();
