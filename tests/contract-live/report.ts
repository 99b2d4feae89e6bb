import type { Findings } from "./findings";

export interface ReportFacts {
  at: Date;
  addresses: readonly string[];
  scopes: readonly string[];
  lookupPath: string;
  pkce: string;
  calls: number;
  /** Why what nobody spoke about was not checked. */
  unreached: string;
  /** Cuts out every credential and id that passed by; the rows hold none, and this is the net under them. */
  mask(text: string): string;
}

/** One row per assumption, as Markdown. */
export function writeReport(findings: Findings, facts: ReportFacts): string {
  const rows = findings.rows(facts.unreached).map(({ says, source, expected, seen, verdict }, i) => {
    const cells = [
      String(i + 1),
      says,
      source,
      expected,
      facts.mask(seen),
      verdict === "differs" ? "**differs**" : verdict,
    ];
    return `| ${cells.map(inCell).join(" | ")} |`;
  });
  return `# TikTok's contract, checked against the live service

${facts.at.toISOString()} · ${facts.calls} calls · ${findings.count("holds")} hold, ${findings.count("differs")} differ, ${findings.count("not checked")} not checked

- Addresses: ${facts.addresses.join(", ")}
- Scopes asked: ${facts.scopes.map((scope) => `\`${scope}\``).join(" ")}; look-up path \`${facts.lookupPath}\`; PKCE ${facts.pkce}
- Nothing was stored. One refresh token was used up; the tokens of this run lived in memory alone and are gone. What was
  granted stays with TikTok until the person removes the app in TikTok's settings.
- Ids, names and texts are left out; numbers are counts and lengths.

| # | We take it that | On whose word | Expected | Seen | Verdict |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}
`;
}

function inCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}
