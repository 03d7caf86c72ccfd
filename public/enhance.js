// Comfort only: every page works without this file.
(() => {
  const place = "place";
  const language = "language";
  let sent = false;
  // How fast the page was is measured when it is there, and not on the way.
  if (document.currentScript.dataset.route)
    addEventListener("load", () => setTimeout(() => import("/vitals.js").catch(() => {}), 1000));
  const visit = performance.getEntriesByType("navigation")[0];
  // A form that was handed back: what stands in its fields is not saved, whatever they began with.
  const posted = sessionStorage.getItem("posted");
  sessionStorage.removeItem("posted");
  const handedBack = visit?.type !== "navigate" || (posted !== null && visit.redirectCount === 0);

  // The fields that people fill in: what stands in one, and what stood in it when the page came.
  const fields = () =>
    [...document.querySelectorAll("main :is(input, select, textarea)[name]")].filter(
      ({ type }) => !["hidden", "password", "file"].includes(type),
    );
  const isBox = ({ type }) => type === "checkbox" || type === "radio";
  const state = (field) => (isBox(field) ? field.checked : field.value);
  const first = (field) => {
    if (isBox(field)) return field.defaultChecked;
    return field.options ? (field.querySelector("[selected]") ?? field.options[0])?.value : field.defaultValue;
  };
  const isTyped = () => fields().some((field) => field.form?.method === "post" && state(field) !== first(field));

  // One press, one request. The button is marked, not disabled: a disabled button would not send its own value.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    sent ||= form.closest("main") !== null || form.getAttribute("action") === "/logout";
    if (form.method !== "post") return;
    // Nothing typed to be saved: the way on is a link.
    const { name, value } = event.submitter ?? {};
    if (name === "then" && !/^.(logout|acting)/.test(value) && !handedBack && !isTyped()) {
      event.preventDefault();
      return location.assign(value);
    }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("[data-show]")) showPassword(button, false);
    sessionStorage.setItem("posted", "");
    setTimeout(wake, 10000);
    event.submitter?.setAttribute("aria-disabled", "true");
    if (form.getAttribute("action")?.startsWith("/language")) sessionStorage.setItem(language, "yes");
    if ("keepPlace" in form.dataset)
      sessionStorage.setItem(place, JSON.stringify([location.pathname + location.search, scrollY]));
  });

  // Coming back by the browser's own button, or a connection that gave up: the forms work again.
  const wake = () => {
    sent = false;
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  };
  addEventListener("pageshow", (event) => event.persisted && wake());

  // The same page after a post: where the reader was.
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  sessionStorage.removeItem(place);
  if (kept?.[0] === location.pathname + location.search && !document.querySelector(".summary")) scrollTo(0, kept[1]);

  // What was typed and not sent is there again: in the other language, and for whoever left by a link and goes back.
  // Not where something else stands there by now, nor for another person.
  const typed = `typed ${document.querySelector("[name=shown_for]")?.value} ${location.pathname}${location.search}`;
  const nameOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);
  const named = (name) => fields().filter((field) => nameOf(field) === name);
  // A form that came back with a mistake has what was typed from the beginning.
  const cameBack = document.querySelector(".summary") !== null;
  addEventListener("pagehide", () => {
    const left = fields().filter((field) => cameBack || state(field) !== first(field));
    if (sent || left.length === 0) return sessionStorage.removeItem(typed);
    const note = (field) => {
      const name = nameOf(field);
      return [name, named(name).indexOf(field), cameBack ? null : first(field), state(field)];
    };
    sessionStorage.setItem(typed, JSON.stringify(left.map(note)));
  });
  if ((visit?.type === "back_forward" || sessionStorage.getItem(language)) && !cameBack)
    for (const [name, at, was, value] of JSON.parse(sessionStorage.getItem(typed) ?? "[]")) {
      const field = named(name)[at];
      if (field && (was === null || first(field) === was)) field[isBox(field) ? "checked" : "value"] = value;
    }
  sessionStorage.removeItem(language);

  // What was done is told where it was done: not out of sight, above or below.
  document.querySelector(".said")?.parentElement.scrollIntoView({ block: "nearest" });
  if (!document.querySelector("[autofocus]")) document.querySelector(".summary")?.focus();

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    const words = button.textContent;
    button.addEventListener("click", async () => {
      const box = document.getElementById(button.dataset.copy);
      box.select();
      try {
        await navigator.clipboard.writeText(box.value);
      } catch {
        // No permission, or not a secure origin: the old way still works there.
        if (!document.execCommand("copy")) return;
      }
      button.textContent = button.dataset.copied;
      button.setAttribute("aria-live", "polite");
      setTimeout(() => (button.textContent = words), 2000);
    });
  }

  // What was typed as a password can be looked at, until it is sent.
  const showPassword = (button, shown) => {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    field.type = shown ? "text" : "password";
    button.firstElementChild.textContent = shown ? button.dataset.hide : button.dataset.show;
  };
  for (const button of document.querySelectorAll("[data-show]")) {
    button.hidden = false;
    button.addEventListener("click", () =>
      showPassword(button, document.getElementById(button.getAttribute("aria-controls")).type === "password"),
    );
  }

  // The menu goes when one looks elsewhere; Escape leads back to its button.
  const menu = document.querySelector("details.more");
  addEventListener("click", (event) => menu?.open && !menu.contains(event.target) && (menu.open = false));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
