import { createInterface } from "node:readline";
import { checkVaultAtStart, vaultReady } from "~/infra/check-vault-at-start.server";

/**
 * A process of its own for start-refusals.test.ts: checks the vault as every process of the product does at start,
 * then answers each line on stdin with whether it is ready, and ends with its stdin.
 */
await checkVaultAtStart();
const tell = () => process.stdout.write(`${JSON.stringify({ ready: vaultReady() })}\n`);
tell();
for await (const _line of createInterface({ input: process.stdin })) tell();
