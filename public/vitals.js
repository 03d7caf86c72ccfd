// How fast this page was on this phone: sent once, when it is left. No address and nothing of what stands on the page.
const { route } = document.querySelector("[data-route]").dataset;
const vitals = {};
const put = (name, value, element) =>
  (vitals[name] = { name, value: Math.round(value * 1e4) / 1e4, target: nameOf(element) });
const nameOf = (element) =>
  element?.localName ? [element.localName, ...[...(element.classList ?? [])].slice(0, 2)].join(".") : undefined;

const observe = (type, see, more) => {
  try {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(see));
    observer.observe({ type, buffered: true, ...more });
    return () => observer.takeRecords().forEach(see);
  } catch {
    return () => {}; // A browser that does not measure this.
  }
};

const [visit] = performance.getEntriesByType("navigation");
if (visit?.responseStart > 0) put("TTFB", visit.responseStart - (visit.activationStart ?? 0));

// Who opened it in the background, or left it there, waited for nothing.
const hiddenAt = performance.getEntriesByType("visibility-state").find(({ name }) => name === "hidden")?.startTime;
const largest = observe("largest-contentful-paint", ({ startTime, element }) => {
  if (!(startTime > hiddenAt)) put("LCP", startTime, element);
});

// The worst window: shifts less than a second apart, five seconds at most.
let shift = { sum: 0, worst: 0, from: 0, to: 0 };
if (PerformanceObserver.supportedEntryTypes?.includes("layout-shift")) put("CLS", 0);
const shifts = observe("layout-shift", ({ value, startTime, hadRecentInput, sources }) => {
  if (hadRecentInput) return;
  const goesOn = startTime - shift.to < 1000 && startTime - shift.from < 5000;
  shift = { ...shift, sum: goesOn ? shift.sum + value : value, from: goesOn ? shift.from : startTime, to: startTime };
  if (shift.sum <= shift.worst) return;
  shift.worst = shift.sum;
  put("CLS", shift.sum, sources?.[0]?.node);
});

// The slowest touch; of very many touches one in fifty may be slower.
const touches = new Map();
const touched = observe(
  "event",
  ({ interactionId, duration, target }) => {
    if (!interactionId || touches.get(interactionId)?.duration >= duration) return;
    touches.set(interactionId, { duration, target: target ?? touches.get(interactionId)?.target });
    const slowest = [...touches.values()].sort((a, b) => b.duration - a.duration);
    const { duration: value, target: element } = slowest[Math.min(9, Math.floor(slowest.length / 50))];
    put("INP", value, element);
  },
  { durationThreshold: 16 },
);

const send = () => {
  if (document.visibilityState !== "hidden" && !leaving) return;
  for (const rest of [largest, shifts, touched]) rest();
  const all = Object.values(vitals);
  if (all.length > 0) navigator.sendBeacon("/api/rum", JSON.stringify({ route, vitals: all }));
  for (const name in vitals) delete vitals[name];
};
let leaving = false;
addEventListener("visibilitychange", send, { once: true });
addEventListener("pagehide", () => ((leaving = true), send()), { once: true });
