import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig, type Plugin, transformWithEsbuild } from "vite";
import remixConfig from "./remix.config.js";
import { readSteps } from "./supabase/local/schema.ts";

const target = "es2022";

export default defineConfig({
  plugins: [remix(remixConfig), shipSmall(), saySchema()],
  build: { target, assetsInlineLimit: 0 },
});

/**
 * Minifies the scripts of public/ too, which Vite only copies, and writes .gz and .br beside every text file of the
 * client, once, at the highest level.
 */
function shipSmall(): Plugin {
  return {
    name: "ship-small",
    apply: "build",
    async writeBundle({ dir }) {
      if (!dir?.endsWith("client")) return;
      for (const file of fs.readdirSync("public").filter((name) => name.endsWith(".js"))) {
        const full = path.join(dir, file);
        const { code } = await transformWithEsbuild(fs.readFileSync(full, "utf8"), file, { minify: true, target });
        fs.writeFileSync(full, code);
      }
      for (const file of fs.readdirSync(dir, { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|svg|json|webmanifest|txt)$/.test(file)) continue;
        const full = path.join(dir, file);
        const body = fs.readFileSync(full);
        if (body.length < 1024) continue;
        fs.writeFileSync(`${full}.gz`, gzipSync(body, { level: 9 }));
        fs.writeFileSync(`${full}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}

/** Writes beside the server which schema it was built for, by checksum: production does not read supabase/. */
function saySchema(): Plugin {
  return {
    name: "say-schema",
    apply: "build",
    writeBundle({ dir }) {
      if (dir?.endsWith("server")) fs.writeFileSync(path.join(dir, "schema.sha256"), readSteps().at(-1)!.checksum);
    },
  };
}
