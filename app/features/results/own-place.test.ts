import { expect, test } from "vitest";
import { plotViews } from "./own-place";

const point = (minute: number, views: number) => ({ at: new Date(minute * 60_000).toISOString(), views });

test("views over time are drawn from nothing up, each point at its time", () => {
  const plot = plotViews([point(0, 0), point(15, 50), point(60, 100)], 100, 40);
  expect(plot).toMatchObject({ line: "M0 40L25 20L100 0", area: "M0 40L25 20L100 0L100 40L0 40Z", top: 100 });
});

test("nothing is drawn of one point, nor of two at one time; no views at all is a line on the ground", () => {
  expect(plotViews([], 100, 40)).toBeNull();
  expect(plotViews([point(0, 7)], 100, 40)).toBeNull();
  expect(plotViews([point(0, 7), point(0, 7)], 100, 40)).toBeNull();
  expect(plotViews([point(0, 0), point(9, 0)], 100, 40)?.line).toBe("M0 40L100 40");
});
