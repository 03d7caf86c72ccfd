// Loaded first into every process of the local stack: when the starter is gone, even by kill -9, so are they.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
