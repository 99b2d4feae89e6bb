import { randomUUIDv7 } from "node:crypto";
import { once } from "~/infra/once.server";

/** A new id: uuid v7, so ids sort by the time they were made. */
export const newId: () => string = once("new-id", () => randomUUIDv7);
