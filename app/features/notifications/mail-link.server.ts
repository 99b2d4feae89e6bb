import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env } from "~/infra/env.server";
import { hashesOf } from "~/infra/session.server";

/**
 * What opens a link in a letter: the id of a mail address, and a keyed hash of it and of the one thing that the link
 * does. Nothing that opens anything is stored, and a letter that is handed over again has the same link.
 */
type Purpose = { stop: true } | { confirmUntil: Date };

const hashes = (addressId: string, purpose: Purpose) =>
  hashesOf(
    "stop" in purpose
      ? `stop letters to ${addressId}`
      : `confirm mail address ${addressId} until ${purpose.confirmUntil.toISOString()}`,
  );

export function linkOf(addressId: string, purpose: Purpose): string {
  const [hash] = hashes(addressId, purpose);
  if (!hash) throw new Error("SESSION_SECRET is empty");
  const path = "stop" in purpose ? "/email/unsubscribe" : "/email/confirm";
  return `${env.APP_ORIGIN}${path}?token=${addressId}.${hash.toString("base64url")}`;
}

const tokenSchema = z.templateLiteral([z.uuid(), ".", z.string().regex(/^[A-Za-z0-9_-]{43}$/)]);

/** Whose link a token is, before it is known to be genuine; null when it is none by its looks. */
export function addressIdOf(token: string): string | null {
  const read = tokenSchema.safeParse(token);
  return read.success ? read.data.slice(0, read.data.lastIndexOf(".")) : null;
}

/** Whether we made this token for that address and purpose, under any of the secrets that are accepted. */
export function isGenuine(token: string, addressId: string, purpose: Purpose): boolean {
  const given = Buffer.from(token.slice(token.lastIndexOf(".") + 1), "base64url");
  return hashes(addressId, purpose).some((hash) => given.length === hash.length && timingSafeEqual(given, hash));
}
