import { asc } from "drizzle-orm";
import { messageTemplates } from "#drizzle/schema";
import { db } from "~/infra/db.server";
import type { MessageTemplate } from "./message-template";

/** All message templates, by name. */
export async function listMessageTemplates(): Promise<MessageTemplate[]> {
  const { id, name, verdict, words } = messageTemplates;
  return db.select({ id, name, verdict, words }).from(messageTemplates).orderBy(asc(name));
}
