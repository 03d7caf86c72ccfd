// Loaded first into worker and web: writes down every half second how much memory they hold and how long their event
// loop stood still by their own doing. On a busy machine a process waits for its turn: that costs it no processor time,
// and does not count.
import fs from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

const file = process.env.PULSE_FILE;
if (file) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let used = process.cpuUsage();
  setInterval(() => {
    const { user, system } = process.cpuUsage(used);
    used = process.cpuUsage();
    const lag = Math.round(Math.min(delay.max / 1e6, (user + system) / 1e3));
    fs.appendFileSync(file, `${JSON.stringify({ at: Date.now(), rss: process.memoryUsage.rss(), lag })}\n`);
    delay.reset();
  }, 500).unref();
}
