import { join } from "node:path";
import { build } from "vite";
import { root } from "../../tools/steps/run-command.ts";

/**
 * A program of the repository with all that it imports as one module, but for Node's own modules and node-hid, which has a
 * binary. Loading hundreds of files takes an emulated machine seconds.
 */
export async function bundle(entry: string): Promise<Buffer> {
  const built = await build({
    root,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true, external: ["node-hid"] },
    build: { ssr: join(root, entry), write: false, target: "node20", minify: false },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    "output" in one ? one.output : [],
  );
  const [module, ...others] = outputs;
  if (module?.type !== "chunk" || others.length > 0)
    throw new Error(`${entry}: found ${outputs.length} files in the bundle, expected one`);
  return Buffer.from(module.code);
}
