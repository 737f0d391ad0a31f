import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { listProfiles, loadProfile } from "../../hw-profiles/load/load-profile.ts";

/** Every sensor profile, resolved, in one file beside the page: a board that the page opens itself tells its name alone. */
const profiles: Plugin = {
  name: "cqd-profiles",
  generateBundle() {
    const byName = Object.fromEntries(listProfiles().map(({ name }) => [name, loadProfile(name)]));
    this.emitFile({ type: "asset", fileName: "profiles.json", source: JSON.stringify(byName) });
  },
};

/** Plain files that a strict content security policy allows: no inline scripts or styles, no data: modules. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // It may be served from any folder.
  base: "./",
  plugins: [profiles],
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL("../../build/viewer", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
});
