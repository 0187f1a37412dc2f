/*
 * Bringing a file in, with JavaScript: the comparison goes on by itself and shows how far it is, a button that starts
 * something long is pressed once only, and a file that is too large is refused before it is sent. Without JavaScript the
 * same buttons do the same.
 */
(() => {
  "use strict";

  // After so many failures in a row somebody has to press the button; the pause between two grows from half a second.
  const TRIES = 4;
  const PAUSE = 500;
  const SAID_EVERY = 0.25;

  const wait = (time) => new Promise((done) => { setTimeout(done, time); });

  const drive = (form) => {
    const bar = form.querySelector("progress");
    const label = form.querySelector("[data-text]");
    const note = form.querySelector("[data-while]");
    const stopped = form.querySelector("[data-stopped]");
    const button = form.querySelector("button");
    const said = document.querySelector("[data-said]");
    const records = Number(form.dataset.records);
    let spoken = Math.floor(bar.value / records / SAID_EVERY);

    const show = (now) => {
      bar.value = now.checked;
      label.textContent = now.text;
      // A quarter at a time: whoever listens is not told every per cent.
      const quarter = Math.floor(now.checked / records / SAID_EVERY);
      if (quarter > spoken) {
        spoken = quarter;
        said.textContent = now.text;
      }
    };

    const stop = (text) => {
      stopped.textContent = text || stopped.dataset.text;
      stopped.hidden = false;
      button.hidden = false;
      note.hidden = true;
    };

    // One step. Gives what the server says, or throws where there is no answer.
    const step = async () => {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      // Signed out meanwhile, thrown away in another window, or a form that is too old: the page itself says it.
      if (answer.type === "opaqueredirect" || [403, 404].includes(answer.status)) return { done: true };
      if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
      return answer.json();
    };

    const run = async () => {
      button.hidden = true;
      stopped.hidden = true;
      note.hidden = false;
      for (let failures = 0; failures < TRIES;) {
        let now;
        try {
          now = await step();
          failures = 0;
        } catch {
          failures += 1;
          await wait(PAUSE * 2 ** failures);
          continue;
        }
        if (now.done) {
          window.location.reload();
          return;
        }
        if (now.stop) {
          stop(now.stop);
          return;
        }
        show(now);
      }
      stop();
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    run();
  };

  const tooLarge = (form) => {
    const message = form.querySelector("[data-too-large]");
    const input = form.querySelector('input[type="file"]');
    const file = input && input.files[0];
    const found = Boolean(file && form.dataset.most && file.size > Number(form.dataset.most));
    if (message) message.hidden = !found;
    if (found) input.focus();
    return found;
  };

  const pressOnce = (form) => {
    const button = form.querySelector('button[type="submit"]');
    const busy = form.querySelector("[data-busy]");
    form.addEventListener("change", () => tooLarge(form));
    form.addEventListener("submit", (event) => {
      if (tooLarge(form) || button.getAttribute("aria-disabled") === "true") {
        event.preventDefault();
        return;
      }
      // Not "disabled": that would take the focus away.
      button.setAttribute("aria-disabled", "true");
      busy.textContent = busy.dataset.text;
    });
    // After "Back" the page comes out of memory as it was left.
    window.addEventListener("pageshow", () => {
      button.removeAttribute("aria-disabled");
      busy.textContent = "";
    });
  };

  document.querySelectorAll('[data-module="steps"]').forEach(drive);
  document.querySelectorAll('[data-module="once"]').forEach(pressOnce);
})();
