import { expect, test } from "vitest";
import { networkOf } from "./network-of";

test("one subscriber is one network, however an address is written", () => {
  expect(networkOf("203.0.113.9")).toBe("203.0.113.9");
  expect(networkOf("::ffff:203.0.113.9")).toBe("203.0.113.9");
  expect(networkOf("2001:db8:0:1:a:b:c:d")).toBe("2001:db8:0:1::/64");
  expect(networkOf("2001:0DB8::1:ffff:1:2:3")).toBe(networkOf("2001:db8:0:1::9"));
  expect(networkOf("2001:db8:0:2::1")).not.toBe(networkOf("2001:db8:0:1::1"));
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
  expect(networkOf("")).toBe("");
});
