/*
 * What pages do better with JavaScript, and do without it:
 *  - the summary of errors takes the focus when a form comes back, and its links show the question, not only the box;
 *  - a part of a form that belongs to a choice is folded until that choice is made;
 *  - the answers to a question stand back while the box "does not apply" is ticked, and are neither sent nor lost;
 *  - a button copies an address.
 * Attributes in the markup switch these on; parts that htmx puts in later count too.
 */
(() => {
  "use strict";

  const questionOf = (control) => {
    const group = control.closest("fieldset");
    const isChoice = control.type === "radio" || control.type === "checkbox";
    return (isChoice && group && group.querySelector("legend")) || document.querySelector(`label[for="${CSS.escape(control.id)}"]`);
  };

  const focusSummary = (root) => {
    const summary = root.querySelector('[data-module="error-summary"]');
    if (summary) summary.focus();
  };

  const follow = (event) => {
    const link = event.target.closest && event.target.closest('[data-module="error-summary"] a[href^="#"]');
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    for (let part = control.closest("details:not([open])"); part; part = part.parentElement.closest("details:not([open])")) {
      part.open = true;
    }
    (questionOf(control) || control).scrollIntoView();
    control.focus({ preventScroll: true });
  };

  const fold = (choice) => {
    const part = document.getElementById(choice.dataset.reveals);
    if (!part) return;
    const shown = choice.checked || part.querySelector(".govuk-form-group--error") !== null;
    part.hidden = !shown;
    // ARIA knows "expanded" for boxes, not for radios.
    if (choice.type === "checkbox") choice.setAttribute("aria-expanded", String(shown));
    choice.setAttribute("aria-controls", part.id);
  };

  const foldAll = (root) => root.querySelectorAll("input[data-reveals]").forEach(fold);

  const standBack = (question) => {
    const box = question.querySelector(".levels__na input");
    if (!box) return;
    question.querySelectorAll('input[type="radio"]').forEach((level) => { level.disabled = box.checked; });
  };

  const standBackAll = (root) => root.querySelectorAll('[data-module="levels"]').forEach(standBack);

  const offerCopies = (root) => root.querySelectorAll("button[data-copies]").forEach((button) => { button.hidden = false; });

  const copy = (event) => {
    const button = event.target.closest && event.target.closest("button[data-copies]");
    const field = button && document.getElementById(button.dataset.copies);
    if (!field) return;
    field.focus();
    field.select();
    // Where the clipboard is out of reach, as on plain HTTP, the address is at least selected.
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(() => { button.textContent = button.dataset.done; });
  };

  document.addEventListener("click", follow);
  document.addEventListener("click", copy);
  // Before htmx looks which answers there are.
  document.addEventListener("change", (event) => {
    const question = event.target.closest && event.target.closest('[data-module="levels"]');
    if (question) standBack(question);
  }, true);
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && event.target.name) foldAll(form);
  });
  // A part that its reader has opened stays open when what it belongs to is drawn anew.
  const isOpen = (root) => Boolean(root.querySelector && root.querySelector('[data-module="stays-open"][open]'));
  document.addEventListener("htmx:beforeSwap", (event) => { event.target.dataset.wasOpen = String(isOpen(event.target)); });

  document.addEventListener("htmx:afterSwap", (event) => {
    const part = event.target.querySelector('[data-module="stays-open"]');
    if (part && event.target.dataset.wasOpen === "true") part.open = true;
    foldAll(event.target);
    offerCopies(document);
    focusSummary(event.target);
  });
  // Also after "Back", when the browser has put former answers into the form again.
  window.addEventListener("pageshow", () => {
    foldAll(document);
    standBackAll(document);
  });

  foldAll(document);
  standBackAll(document);
  offerCopies(document);
  focusSummary(document);
})();
