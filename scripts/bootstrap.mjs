// The entrance of "npm run demo", "npm test" and "npm run dev" on a fresh clone. Plain JavaScript without
// dependencies: it runs before anything is installed, under whatever Node (20 or newer) started npm.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const scripts = { demo: "demo.ts", test: "check-all.ts", dates: "check-dates.ts", dev: "dev.ts" };

try {
  const [command, ...rest] = process.argv.slice(2);
  if (!(command in scripts))
    throw new Error(`Unknown command "${command}": one of ${Object.keys(scripts).join(", ")}.`);
  install();
  const node = modernNode();
  const env = { ...process.env, PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}` };
  if (command === "test" || command === "dates") {
    env.CHROMIUM_PATH = chromium();
    faketime();
  }
  run(node, [path.join("scripts", scripts[command]), ...rest], env);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

// node_modules is right when it was made from this very lock file.
function install() {
  const lock = createHash("sha256")
    .update(fs.readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const stamp = path.join(root, "node_modules", ".installed-from");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === lock) return;
  console.log("Installing what is missing (npm ci), about a minute ...");
  const npm = process.env.npm_execpath;
  const [program, first] = npm ? [outsideNode(), [npm]] : ["npm", []];
  const result = spawnSync(program, [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, NODE_ENV: "development", npm_config_production: undefined, npm_config_omit: undefined },
  });
  if (result.status !== 0) throw new Error('"npm ci" did not succeed; its message is above.');
  fs.writeFileSync(stamp, lock);
}

// "npm ci" removes node_modules, and with it the Node in there: it should not be the one that runs it.
function outsideNode() {
  const inside = path.join(root, "node_modules") + path.sep;
  if (!fs.realpathSync(process.execPath).startsWith(inside)) return process.execPath;
  const folders = (process.env.PATH ?? "")
    .split(path.delimiter)
    .filter((folder) => !path.resolve(folder).startsWith(inside));
  return folders.map((folder) => path.join(folder, "node")).find((file) => fs.existsSync(file)) ?? process.execPath;
}

// Node 24 comes from npm with everything else; where there is no such package (macOS), the system's has to do.
function modernNode() {
  const packaged = path.join(root, "node_modules", ".bin", "node");
  if (fs.existsSync(packaged) && spawnSync(packaged, ["--version"]).status === 0) return packaged;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  throw new Error(
    `Node 22.18 or newer is needed on ${process.platform} ${process.arch}, and this is ${process.versions.node}. ` +
      "Install Node 24 from https://nodejs.org, then try again.",
  );
}

// The headless shell first: the same engine, which draws for nobody and takes half of the processor's time.
function chromium() {
  if (findChromium()) return findChromium();
  for (const name of ["chromium-headless-shell", "chromium"]) {
    installPackage(name, "Chromium for the browser tests");
    if (findChromium()) return findChromium();
  }
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell), or set " +
      "CHROMIUM_PATH to an existing Chromium or Chrome, then run npm test again.",
  );
}

// As root on Debian or Ubuntu; elsewhere whoever may installs it himself.
function installPackage(name, what) {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return;
  console.log(`Installing ${what} (apt-get install ${name}) ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const stdio = ["ignore", "ignore", "inherit"];
  spawnSync("apt-get", ["update"], { stdio, env });
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", name], { stdio, env });
}

// What sets a test's clock (its place: supabase/local/clock.ts). Without it those tests say that they did not run.
function faketime() {
  const folder = { x64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" }[process.arch];
  const file = process.env.FAKETIME_LIBRARY ?? `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`;
  if (!fs.existsSync(file)) installPackage("libfaketime", "libfaketime for tests at other dates");
}

function findChromium() {
  const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];
  return [process.env.CHROMIUM_PATH, ...names.map((name) => `/usr/bin/${name}`)].find(
    (file) => file && fs.existsSync(file) && spawnSync(file, ["--version"]).status === 0,
  );
}

// This process only passes signals on and hands back the exit code.
function run(node, args, env) {
  const child = spawn(node, args, { cwd: root, env, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // npm tells only its shell to end, so a lost parent means the same as a signal.
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 250);
  child.once("exit", (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}
