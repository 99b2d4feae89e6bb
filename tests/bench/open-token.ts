import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { createVault } from "~/infra/vault.server";
import { type Comparison, compare, measureRounds, ROUNDS } from "./compare";

const OPENED = 2_000;
const TAG_BYTES = 16;

/** Microseconds to open a stored token whose data key is cached, against bare HKDF and AES-GCM of the same size. */
export async function compareOpenToken(): Promise<Comparison> {
  const token = `act.${randomBytes(54).toString("base64url")}`;
  const context = { purpose: "tiktok-token", account: "0198f3a2-7c1e-7b6a-9d0e-000000000001", field: "access" };
  const vault = createVault({ provider: "local", key: randomBytes(32) }, []);
  const sealed = await vault.seal(token, context);
  const bare = makeBare(token);
  if ((await vault.open(sealed, context)) !== token || bare() !== token) throw new Error("a token did not open");
  const floor = async () => perOpening(() => bare());
  const contenders = { ours: () => perOpening(() => vault.open(sealed, context)), floor, control: floor };
  const rounds = await measureRounds(contenders, { rounds: 5 * ROUNDS, warmUps: ROUNDS });
  return compare(rounds, (microseconds) => microseconds);
}

function makeBare(token: string): () => string {
  const dataKey = randomBytes(32);
  const iv = randomBytes(12);
  const derive = () => Buffer.from(hkdfSync("sha256", dataKey, Buffer.alloc(0), "bench", 32));
  const cipher = createCipheriv("aes-256-gcm", derive(), iv, { authTagLength: TAG_BYTES });
  const ciphertext = Buffer.concat([cipher.update(token, "utf8"), cipher.final()]);
  const tag = cipher.getAuthTag();
  return () => {
    const decipher = createDecipheriv("aes-256-gcm", derive(), iv, { authTagLength: TAG_BYTES });
    decipher.setAuthTag(tag);
    return decipher.update(ciphertext, undefined, "utf8") + decipher.final("utf8");
  };
}

async function perOpening(open: () => string | Promise<string>): Promise<number> {
  const started = performance.now();
  for (let done = 0; done < OPENED; done += 1) await open();
  return ((performance.now() - started) * 1000) / OPENED;
}
