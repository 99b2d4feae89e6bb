import { isIPv4, isIPv6 } from "node:net";

/**
 * Whom an address stands for: an IPv4 address, also one that comes dressed as IPv6, is itself; of IPv6 one subscriber has
 * all of a /64 and may choose anew in it for every request. Anything else is returned as it is.
 */
export function networkOf(address: string): string {
  const dressed = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (dressed !== undefined && isIPv4(dressed)) return dressed;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => "0"), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
