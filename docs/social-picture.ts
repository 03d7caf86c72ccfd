// The picture that messengers show beside a link to us: node docs/social-picture.ts writes public/social.png.
import fs from "node:fs";
import { chromium } from "playwright";
import playwrightConfig from "../playwright.config.ts";
import { smallPng } from "./small-png.ts";

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630">
<rect width="1200" height="630" fill="#fbf9f7"/>
<g transform="translate(120 165) scale(9.375)" fill="none" stroke-linecap="round" stroke-width="2.4">
<rect width="32" height="32" rx="8" fill="#6d2b57"/>
<path d="M8 24C8 12 14 7 20 7c3 0 4.5 2 4.5 4 0 6-10 5-10 12" stroke="#fbf9f7"/>
<path d="M19 24c0-4 5-5 5.5-9" stroke="#e3a5cd"/></g>
<g font-family="sans-serif" fill="#1d1a20"><text x="490" y="300" font-size="104" font-weight="700">Alfa
<tspan fill="#6d2b57">Beauty</tspan></text>
<text x="494" y="380" font-size="42">Kebutuhan salon dan barber,</text>
<text x="494" y="436" font-size="42">langsung dari distributornya.</text></g></svg>`;

const browser = await chromium.launch(playwrightConfig.use?.launchOptions);
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await page.setContent(`<body style="margin:0">${drawing}</body>`);
fs.writeFileSync("public/social.png", smallPng(await page.screenshot()));
await browser.close();
