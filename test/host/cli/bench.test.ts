import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cqd, cqdJson, root } from "../../support/cqd.ts";

const folder = mkdtempSync(join(tmpdir(), "cqd-bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("cqd bench", () => {
  it("lists the experiments", async () => {
    const { stdout, code } = await cqd(["bench", "--list"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^jv +Current against voltage/);
    expect(stdout).toContain("\nambient ");
  });

  it("an unknown name: what there is, and the nearest", async () => {
    const { stderr, stdout, code } = await cqd(["bench", "abient", "--json"]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/found experiment "abient", expected one of jv, .*; did you mean ambient\?/);
    expect(stderr).not.toContain("    at ");
  });

  it("one object a result, last the summary; the same again with the same seed", async () => {
    const lines = await cqdJson(["bench", "fall-time", "ageing", "--seed", "7"]);
    expect(lines[0]).toMatchObject({
      experiment: "fall-time",
      subject: "inas-me",
      source: "choi2021 Fig. 4f",
      quantity: "fallTime",
      paper: 6.5e-8,
      unit: "s",
      kind: "derived",
      ok: true,
    });
    expect(lines.at(-1)).toMatchObject({
      summary: { notOk: 0, interrupted: false, results: lines.length - 1 },
    });
    expect(await cqdJson(["bench", "fall-time", "ageing", "--seed", "7"])).toEqual(lines);
    expect(await cqdJson(["bench", "fall-time", "ageing", "--seed", "8"])).not.toEqual(lines);
  });

  it("a table for people, and a report", async () => {
    const { stdout, stderr, code } = await cqd(["bench", "ageing", "cells", "--out", join(folder, "report")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ok +perovskite-led +t50 +derived +54 /);
    expect(stdout).toMatch(/\n\d+ of \d+ agree/);
    expect(stderr).toContain("report.html is the page");
    expect(readdirSync(join(folder, "report")).sort()).toEqual([
      "figures",
      "report.html",
      "results.csv",
      "results.json",
    ]);
    const figures = readdirSync(join(folder, "report/figures"));
    expect(figures.filter((name) => name.endsWith(".svg"))).toHaveLength(3);
    expect(figures.filter((name) => name.endsWith(".csv"))).toHaveLength(3);
    const results = JSON.parse(readFileSync(join(folder, "report/results.json"), "utf8")) as unknown[];
    expect(results.length).toBeGreaterThan(40);
  });

  it("a folder that cannot be made is told", async () => {
    const { stderr, code } = await cqd(["bench", "ageing", "--out", "/proc/nowhere"]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/\/proc\/nowhere/);
    // Before any measurement.
    expect(stderr).not.toContain("ageing");
  });

  it("a port without a page to serve is refused", async () => {
    const { stderr, code } = await cqd(["bench", "ageing", "--port", "8123"]);
    expect(code).toBe(2);
    expect(stderr).toContain("found --port without --view");
  });

  it("Ctrl-C ends after the measurement that runs, with what was found", async () => {
    const child = spawn(process.execPath, [`${root}host/cli/cqd.mjs`, "bench", "--json"], { cwd: root });
    let text = "";
    child.stdout.on("data", (data: Buffer) => {
      if (text === "") child.kill("SIGINT");
      text += data.toString();
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.at(-1)).toMatchObject({ summary: { interrupted: true, results: lines.length - 1 } });
    expect(lines.length).toBeGreaterThan(1);
    // All of them are more.
    expect(lines.length).toBeLessThan(300);
  });

  it("--view serves the report to this machine alone, until Ctrl-C", async () => {
    const child = spawn(
      process.execPath,
      [`${root}host/cli/cqd.mjs`, "bench", "ageing", "--view", "--port", "0"],
      {
        cwd: root,
      },
    );
    const url = await new Promise<string>((resolve) => {
      let text = "";
      child.stdout.on("data", (data: Buffer) => {
        text += data.toString();
        const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(text);
        if (found) resolve(found[0]);
      });
    });
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await page.text()).toContain("<title>Virtual bench</title>");
    child.kill("SIGINT");
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
  });
});
