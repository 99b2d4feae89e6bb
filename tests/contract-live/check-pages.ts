import type { AssumptionName } from "./assumptions";
import { said } from "./display";
import type { Findings } from "./findings";
import { type ListedVideo, numberOf, present } from "./listed-video";
import type { ReadPages } from "./read-pages";

const ID_SLACK_SECONDS = 600;

/** Pages, cursors and times of the list. */
export function checkPages(pages: ReadPages, findings: Findings, now: Date): void {
  const { first, chain, broken, answer } = pages;
  if (!answer.isOk) {
    skipAll(findings, `the list was refused: ${said(answer)}`);
    return;
  }
  const all = [...new Set([first, ...chain])];
  const sizes = all.map(({ videos, asked }) => `${videos.length} of ${asked}`);
  findings.judge(
    "page_size",
    all.every(({ videos, asked }) => videos.length <= asked),
    sizes.join(", "),
  );
  const ends = all.map(({ hasMore }) => (typeof hasMore === "boolean" ? String(hasMore) : "absent"));
  findings.judge("has_more", !ends.includes("absent"), ends.join(", "));
  checkCursors(pages, findings);
  const ids = chain.flatMap(({ videos }) => videos.map(({ id }) => id));
  if (chain.length < 2) findings.skip("pages_once", "the account has too few videos for a second page");
  else if (broken !== null) findings.skip("pages_once", `paging ended early: ${broken}`);
  else findings.judge("pages_once", new Set(ids).size === ids.length, `${ids.length} videos on ${chain.length} pages`);
  checkTimes(first.videos, findings, now);
}

function checkCursors({ first, chain, broken }: ReadPages, findings: Findings): void {
  const cursors = [first, ...chain].map(({ cursor }) => cursor).filter((cursor) => typeof cursor === "number");
  if (cursors.length === 0 || first.videos.length === 0) {
    findings.skip("cursor_ms", "there was no cursor after a video");
  } else {
    const digits = [...new Set(cursors.map((cursor) => String(Math.trunc(cursor)).length))];
    findings.judge("cursor_ms", digits.join() === "13", `${digits.join(" and ")} digits`);
  }
  const steps = chain.slice(1).map(({ cursor }, i) => {
    const before = chain[i]?.cursor;
    return typeof cursor === "number" && typeof before === "number" ? cursor - before : null;
  });
  const known = present(steps);
  if (known.length === 0) {
    findings.skip("cursor_falls", broken ?? "the account has too few videos for a second page");
    return;
  }
  const rising = known.filter((step) => step >= 0).length;
  findings.judge(
    "cursor_falls",
    rising === 0,
    rising === 0 ? `fell ${known.length} times` : `rose or stood still ${rising} of ${known.length} times`,
  );
}

function checkTimes(videos: readonly ListedVideo[], findings: Findings, now: Date): void {
  const times = present(videos.map((video) => numberOf(video, "create_time")));
  if (times.length === 0) {
    for (const name of ["newest_first", "create_time", "id_time"] as const) findings.skip(name, "no video has a time");
    return;
  }
  const rises = times.filter((time, i) => time > (times[i - 1] ?? Number.POSITIVE_INFINITY)).length;
  findings.judge(
    "newest_first",
    rises === 0,
    rises === 0 ? `${times.length} in order` : `${rises} later than the one before`,
  );
  const latest = now.getTime() / 1000 + ID_SLACK_SECONDS;
  const isSecond = (time: number) => Number.isInteger(time) && time > 1_000_000_000 && time < latest;
  findings.judge(
    "create_time",
    times.every(isSecond),
    `${times.filter(isSecond).length} of ${times.length} are seconds`,
  );
  const lags = present(
    videos.map((video) => {
      const time = numberOf(video, "create_time");
      return time === null || !/^\d{15,25}$/.test(video.id) ? null : time - Number(BigInt(video.id) >> 32n);
    }),
  );
  findings.judge(
    "id_time",
    lags.length > 0 && lags.every((lag) => Math.abs(lag) <= ID_SLACK_SECONDS),
    lags.length === 0
      ? "no id of that length"
      : `create_time is ${Math.min(...lags)} to ${Math.max(...lags)} s after the id`,
  );
}

function skipAll(findings: Findings, why: string): void {
  const names: AssumptionName[] = ["page_size", "cursor_ms", "cursor_falls", "has_more", "pages_once"];
  for (const name of [...names, "newest_first", "create_time", "id_time"] as const) findings.skip(name, why);
}
