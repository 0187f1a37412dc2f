/*
 * What the pages that explore a selection do better with JavaScript, and do without it:
 *  - after an exchange the parts of the filter column that were open stay open, and what was found is said aloud;
 *  - the year has a slider, and a button that plays the years one after the other.
 * Playing is not offered to people who asked for less motion; the links to the year before and after are always there.
 */
(() => {
  "use strict";

  const STEP = 1400;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let playing = 0;
  let open = {};
  let focused = "";

  const explore = () => document.getElementById("explore");
  const part = (name) => document.getElementById(`year-${name}`);

  const remember = () => {
    open = {};
    focused = document.activeElement ? document.activeElement.id : "";
    explore().querySelectorAll("details[id]").forEach((each) => { open[each.id] = each.open; });
  };

  const restore = () => {
    explore().querySelectorAll("details[id]").forEach((each) => { if (each.id in open) each.open = open[each.id]; });
  };

  // A filter that was opened or closed has another control now.
  const opened = (id) => {
    const name = id.replace(/^(open|close)-/, "");
    return document.querySelector(`#facet-${CSS.escape(name)} > summary, #open-${CSS.escape(name)}`);
  };

  const announce = () => {
    const said = document.querySelector('[data-module="announcer"]');
    const found = explore().querySelector("[data-announce]");
    if (said && found) said.textContent = found.textContent;
  };

  // The first year is a step in the history; sliding and playing on from there replace it.
  const show = (year) => {
    const form = part("number").form;
    part("number").value = year;
    if (new URL(window.location.href).searchParams.has("year")) form.setAttribute("hx-replace-url", "true");
    form.requestSubmit();
  };

  const label = () => {
    const button = part("play");
    if (button) button.textContent = playing ? button.dataset.stop : button.dataset.play;
  };

  const stop = () => {
    window.clearTimeout(playing);
    playing = 0;
    label();
  };

  const step = () => {
    const slider = part("slider");
    const year = Number(part("number").value);
    if (!slider || year >= Number(slider.max)) return stop();
    return show(year + 1);
  };

  const play = () => {
    if (playing) stop();
    else {
      const slider = part("slider");
      const year = Number(part("number").value);
      playing = -1;
      show(year && year < Number(slider.max) ? year : Number(slider.min));
    }
    label();
  };

  const prepare = () => {
    const slider = part("slider");
    if (!slider) return;
    slider.hidden = false;
    part("play").hidden = still.matches;
    slider.addEventListener("input", () => { part("number").value = slider.value; });
    slider.addEventListener("change", () => { stop(); show(slider.value); });
    part("play").addEventListener("click", play);
    label();
    if (playing) {
      window.clearTimeout(playing);
      playing = window.setTimeout(step, STEP);
    }
  };

  document.addEventListener("htmx:beforeSwap", (event) => { if (event.target === explore()) remember(); });
  document.addEventListener("htmx:afterSettle", () => {
    if (!explore()) return;
    restore();
    announce();
    prepare();
    // The slider and the button are hidden until here, so htmx could not give them the focus back.
    const last = focused && (document.getElementById(focused) || opened(focused));
    if (last && document.activeElement === document.body) last.focus({ preventScroll: true });
  });
  // A year that cannot be shown, or no answer at all: the page itself says what is wrong.
  document.addEventListener("htmx:responseError", (event) => {
    stop();
    window.location.assign(event.detail.pathInfo.finalRequestPath || event.detail.pathInfo.requestPath);
  });
  document.addEventListener("htmx:sendError", stop);

  prepare();
})();
