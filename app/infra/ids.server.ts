import { randomUUIDv7 } from "node:crypto";

/** A new id: uuid v7, so ids sort by the time they were made. */
export const newId = (): string => randomUUIDv7();
