import type { LedgerEntry } from "#tests/simulators/tiktok/control-answers";
import type { Stack } from "./stack";

/** What reached TikTok but for the pictures of a page, which the browser asks for when it likes. */
export async function callsTo(tiktok: Stack["tiktok"]): Promise<LedgerEntry[]> {
  return (await tiktok.ledger()).filter(({ endpoint }) => endpoint !== "cover" && endpoint !== "avatar");
}
