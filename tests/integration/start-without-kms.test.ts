import { describe, expect, test, vi } from "vitest";
import { KmsControl } from "#tests/simulators/kms/control";
import { startKmsSimulator } from "#tests/simulators/kms/simulator";
import { ALIAS, credentials, EXIT_CONFIG, region, settingsForKms, startVaultCheck } from "./vault-check-process";

/** KMS merely out of reach is no reason to stay away: the process is up, says that it is not ready, and tries again. */
const BOUND_MS = 40_000;

/** A process that has tried once in vain; asked again and again, it says by itself when it is ready. */
async function startUnready(origin: string) {
  const { stdin, said, ended } = startVaultCheck(settingsForKms(origin));
  const answers = () =>
    said.stdout
      .split("\n")
      .slice(0, -1)
      .flatMap((line) => {
        const told: { ready?: boolean } = JSON.parse(line);
        return told.ready === undefined ? [] : [told.ready];
      });
  await vi.waitFor(() => expect(answers()).toEqual([false]), { timeout: BOUND_MS });
  return {
    said,
    ended,
    async becomesReady() {
      const ask = () => {
        stdin.write("?\n");
        expect(answers().at(-1)).toBe(true);
      };
      await vi.waitFor(ask, { timeout: BOUND_MS, interval: 100 });
      stdin.end();
      expect(await ended).toBe(0);
      expect(said.stderr).toBe("");
      expect(said.stdout).toContain("the key provider is out of reach; not ready");
    },
  };
}

describe.concurrent("a process stays up, not ready", { timeout: 90_000 }, () => {
  test("while nobody listens where KMS should be, and becomes ready when somebody does", async () => {
    const gone = await startKmsSimulator({ ...credentials, region });
    await gone.stop();
    const waiting = await startUnready(gone.origin);
    const back = await startKmsSimulator({ ...credentials, region, port: Number(new URL(gone.origin).port) });
    await waiting.becomesReady();
    await back.stop();
  });

  test.each([
    ["answers 500", { kind: "error", code: "KMSInternalException", status: 500 }],
    ["is a load balancer's page with 503", { kind: "status", status: 503 }],
    ["throttles", { kind: "throttle" }],
    ["does not answer", { kind: "hang" }],
  ] as const)("while KMS %s, and becomes ready when it is well again", async (_what, fault) => {
    const kms = await startKmsSimulator({ ...credentials, region });
    const control = new KmsControl(kms.origin);
    await control.setFault(fault);
    const waiting = await startUnready(kms.origin);
    expect((await control.state()).faults[0]?.fired).toBeGreaterThanOrEqual(3);
    await control.clearFaults();
    await waiting.becomesReady();
    await kms.stop();
  });

  test("but ends with 78 when KMS comes back and says no", async () => {
    const kms = await startKmsSimulator({ ...credentials, region });
    const control = new KmsControl(kms.origin);
    await control.setFault({ kind: "status", status: 503 });
    const { said, ended } = await startUnready(kms.origin);
    await control.setKeyState(ALIAS, "Disabled");
    await control.clearFaults();
    expect(await ended).toBe(EXIT_CONFIG);
    expect(said.stderr).toMatch(/^ {2}TIKTOK_TOKEN_ENC_KEY_ID: the key is disabled/m);
    await kms.stop();
  });
});
