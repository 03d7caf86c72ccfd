import { test as base, expect } from "@playwright/test";
import { expectSound, expectSoundInEnglish } from "./sound.ts";

export { expect };

type Fixtures = {
  /**
   * Asserts that the page as it stands is accessible and fits a phone: see expectSound. Pages to which no walk comes
   * (big-text.spec.ts) are looked at in English as well.
   */
  sound: (look?: "light" | "dark" | "english") => Promise<void>;
};

/**
 * A test whose browser must not complain: an error on the console or an exception on any of its pages fails it. That a
 * page we asked for answered with a 4xx is no complaint.
 */
export const test = base.extend<Fixtures>({
  context: async ({ context }, use) => {
    const complaints: string[] = [];
    const refused = new Set<string>();
    context.on("response", (response) => {
      const status = response.status();
      if (response.request().isNavigationRequest() && status >= 400 && (status < 500 || status === 503))
        refused.add(response.url());
    });
    context.on("weberror", (error) => complaints.push(error.error().message));
    context.on("console", (message) => {
      if (message.type() === "error" && !refused.has(message.location().url))
        complaints.push(`${message.text()} (${message.location().url})`);
    });
    await use(context);
    expect(complaints, "what the browser complained about").toEqual([]);
  },
  sound: async ({ page, javaScriptEnabled }, use) => {
    const scripts = javaScriptEnabled !== false;
    await use(async (look = "light") => {
      if (look !== "english") await expectSound(page, { scripts, dark: look === "dark" });
      else if (scripts) await expectSoundInEnglish(page);
    });
  },
});
