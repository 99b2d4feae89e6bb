import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

/** npm run build: Vite's client and server builds, then a .br and a .gz beside every client file worth it. */
const built = spawnSync("remix", ["vite:build"], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const client = "build/client";
for (const file of await readdir(client, { recursive: true, withFileTypes: true })) {
  if (!file.isFile() || !/\.(js|css|svg|json|txt|webmanifest)$/.test(file.name)) continue;
  const name = path.join(file.parentPath, file.name);
  const body = await readFile(name);
  if (body.length < 1024) continue;
  await writeFile(`${name}.br`, await brotli(body));
  await writeFile(`${name}.gz`, await gzip(body, { level: 9 }));
}
