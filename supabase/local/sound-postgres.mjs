// For the process that stands in for Supabase Auth, whose library brings the driver "postgres" 3.4. A connection that
// is closed between a small write and the end of the turn makes that driver write to no socket, which ends the process
// (github.com/porsager/postgres/issues/1154, 1208); and what it meant to write goes out first on the connection made
// next. Until that is mended there, it is mended here, while the file is loaded.
import * as module from "node:module";

const mends = [
  [
    "    const x = socket.write(chunk, fn)\n",
    "    if (socket === null) {\n      chunk = nextWriteTimer = null\n      " +
      "error(Errors.connection('CONNECTION_CLOSED', options, socket))\n      return false\n    }\n    const x = " +
      "socket.write(chunk, fn)\n",
  ],
  [
    "    remaining = 0\n    incomings = null\n    clearImmediate(nextWriteTimer)\n",
    "    remaining = 0\n    incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n",
  ],
];

// Older Nodes than 22.15 have none.
module.registerHooks?.({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith("/node_modules/postgres/src/connection.js")) return loaded;
    let source = String(loaded.source);
    for (const [from, to] of mends) {
      if (!source.includes(from))
        throw new Error(
          "The driver of the sign-in stand-in is another one than supabase/local/sound-postgres.mjs mends: see " +
            "whether it still needs to.",
        );
      source = source.replace(from, () => to);
    }
    return { ...loaded, source };
  },
});
