// Comfort only: every page works without this file.
(() => {
  const place = "place";

  // One press, one request. The button is marked, not disabled: a disabled button would not send its own value.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    if (form.method !== "post") return;
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("[data-show]")) showPassword(button, false);
    setTimeout(wake, 10000);
    event.submitter?.setAttribute("aria-disabled", "true");
    if ("keepPlace" in form.dataset)
      sessionStorage.setItem(place, JSON.stringify([location.pathname + location.search, scrollY]));
  });

  // Coming back by the browser's own button, or a connection that gave up: the forms work again.
  const wake = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  };
  addEventListener("pageshow", (event) => event.persisted && wake());

  // The same page after a post: where the reader was.
  const kept = JSON.parse(sessionStorage.getItem(place) ?? "null");
  sessionStorage.removeItem(place);
  if (kept?.[0] === location.pathname + location.search && !document.querySelector(".summary")) scrollTo(0, kept[1]);

  document.querySelector(".summary")?.focus();

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
