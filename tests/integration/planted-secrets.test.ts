import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { canaries } from "#tests/support/canaries.mjs";
import { secretsOf } from "#tests/support/logged-secrets";
import { spawnProduct } from "#tests/support/product-process";

/** Secrets of the build's and a process's environment end in no file and in no log. */
const build = fileURLToPath(new URL("../../build", import.meta.url));
const files = readdirSync(build, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => path.join(parentPath, name));

/** As it stands, and as it could have been carried: in base64 however it falls on groups of three bytes, hex, a URL. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const inBase64 = [0, 1, 2].map((skip) => bytes.subarray(skip, skip + 18).toString("base64"));
  return [secret, bytes.toString("hex"), encodeURIComponent(secret), ...inBase64];
}

test("no built file holds a secret that was in the environment of its build", () => {
  const forms = Object.entries(canaries).flatMap(([name, secret]) => formsOf(secret).map((form) => ({ name, form })));
  const found = files.flatMap((file) => {
    const text = readFileSync(file, "latin1");
    return forms.filter(({ form }) => text.includes(form)).map(({ name }) => `${file}: ${name}`);
  });
  expect(found).toEqual([]);
  expect(files.length).toBeGreaterThan(50);
});

test("browsers get no source map, no word of the server's settings, and no address of this machine", () => {
  const client = files.filter((file) => file.startsWith(path.join(build, "client")));
  expect(client.filter((file) => file.endsWith(".map"))).toEqual([]);
  const scripts = client.filter((file) => file.endsWith(".js")).map((file) => readFileSync(file, "utf8"));
  expect(scripts.length).toBeGreaterThan(10);
  const words = [...Object.keys(canaries), "process.env", path.dirname(build)];
  expect(words.filter((word) => scripts.some((text) => text.includes(word)))).toEqual([]);
});

test("a process that writes a secret into its log fails the test that started it", async () => {
  const environment = { SESSION_SECRET: canaries.SESSION_SECRET ?? "" };
  const say = "data:text/javascript,console.log('it is ' + process.env.SESSION_SECRET)";
  const talkative = spawnProduct("doctor", [], { environment, imports: [say] });
  await once(talkative.child, "close");
  await expect(talkative.stop()).rejects.toThrow("doctor wrote into its log: SESSION_SECRET");
});

test("what counts as a secret in a log", () => {
  const secretsIn = secretsOf({
    TIKTOK_CLIENT_SECRET: "one-of-the-secrets",
    TIKTOK_CLIENT_KEY: "public-client-key",
    DATABASE_URL: "postgres://trendpot:the-password@127.0.0.1/trendpot",
  });
  expect(secretsIn('{"msg":"one-of-the-secrets the-password"}')).toEqual(["TIKTOK_CLIENT_SECRET", "DATABASE_URL"]);
  expect(secretsIn(`act.${"x".repeat(40)} rft.${"x".repeat(40)} __Host-trendpot=${"x".repeat(43)}`)).toEqual([
    "an access token",
    "a refresh token",
    "a cookie",
  ]);
  expect(secretsIn('{"path":"/auth/tiktok/callback","client_key":"public-client-key","cookie":"[secret]"}')).toEqual(
    [],
  );
});
