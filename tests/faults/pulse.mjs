// Loaded first into worker and web: writes down every half second how much memory they hold and how long their event loop stood still.
import fs from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

const file = process.env.PULSE_FILE;
if (file) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  setInterval(() => {
    fs.appendFileSync(file, `${JSON.stringify({ at: Date.now(), rss: process.memoryUsage.rss(), lag: Math.round(delay.max / 1e6) })}\n`);
    delay.reset();
  }, 500).unref();
}
