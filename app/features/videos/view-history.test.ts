import { expect, test } from "vitest";
import { placeInstant, placeReadings, steepestRise } from "./view-history";

const reading = (hour: number, views: number) => ({ at: new Date(Date.UTC(2026, 5, 15, hour)).toISOString(), views });
const history = [reading(0, 100), reading(2, 150), reading(3, 1_000), reading(8, 900)];

test("the steepest rise is found between two readings, and a history that never rises has none", () => {
  expect(steepestRise(history)).toEqual({ from: history[1], to: history[2] });
  expect(steepestRise([reading(0, 5), reading(1, 5), reading(2, 4)])).toBeNull();
  expect(steepestRise([reading(0, 5)])).toBeNull();
});

test("readings lie by their time and not by their number, from nothing at the bottom to the most at the top", () => {
  expect(placeReadings(history, { width: 80, height: 10 })).toEqual([
    { x: 0, y: 9 },
    { x: 20, y: 8.5 },
    { x: 30, y: 0 },
    { x: 80, y: 1 },
  ]);
  expect(placeReadings([reading(0, 0)], { width: 80, height: 10 })).toEqual([{ x: 0, y: 10 }]);
  expect(placeInstant(reading(4, 0).at, history, { width: 80, height: 10 })).toBe(40);
  expect(placeInstant(reading(20, 0).at, history, { width: 80, height: 10 })).toBe(80);
});
