/*
 * The look for likely duplicates beside a form (log/_alike_live.html). There is none while the title is empty, and none
 * once the form is on its way: a look that is under way then is given up without a word in the console.
 */
(() => {
  "use strict";

  let underWay = null;
  let leaving = false;

  const isLook = (event) => Boolean(event.target.closest && event.target.closest("#alike"));
  const isIdle = () => {
    const title = document.getElementById("id_title");
    return !(title && title.value.trim()) && !document.querySelector("#alike section");
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isLook(event) && (leaving || isIdle())) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSend", (event) => {
    if (isLook(event)) underWay = event.detail.xhr;
  });
  document.addEventListener("submit", () => {
    leaving = true;
    if (!underWay) return;
    underWay.onabort = null;
    underWay.onerror = null;
    underWay.abort();
  });
  // Back on the page as it was left.
  window.addEventListener("pageshow", () => { leaving = false; });
})();
