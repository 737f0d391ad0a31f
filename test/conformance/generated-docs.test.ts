import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { generatedFiles } from "../tools/docs/generated-files.ts";

const files = [...generatedFiles()];

it.each(files)("%s is what `npm run docs` writes", (path, text) => {
  expect(readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")).toBe(text);
});
