import postgres from "postgres";
import { databaseUrl } from "~/infra/db.server";
import { once } from "~/infra/once.server";

interface Ear {
  client: postgres.Sql;
  hearers: Set<Hear>;
  ready: Promise<unknown>;
}
type Hear = (words: string | null) => void;

/** What this process listens to: one connection a channel, however many want to hear, and none while nobody does. */
const ears = once("ears", () => new Map<string, Ear>());

/**
 * Calls `hear` with the words of every NOTIFY on the channel until the returned function is called, and with null when
 * some may have been missed because the connection was lost. Throws when the database cannot be listened to.
 */
export async function listen(channel: string, hear: Hear): Promise<() => void> {
  const ear = ears.get(channel) ?? open(channel);
  ear.hearers.add(hear);
  const leave = () => {
    ear.hearers.delete(hear);
    if (ear.hearers.size > 0) return;
    // The next one begins with a connection of its own, whatever has become of this one.
    if (ears.get(channel) === ear) ears.delete(channel);
    void ear.client.end({ timeout: 1 }).catch(() => undefined);
  };
  try {
    await ear.ready;
  } catch (error) {
    leave();
    throw error;
  }
  return leave;
}

function open(channel: string): Ear {
  const client = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 10,
    connection: { application_name: "trendpot-listen" },
    onnotice: () => undefined,
  });
  const hearers = new Set<Hear>();
  const tell = (words: string | null) => {
    for (const hear of hearers) hear(words);
  };
  let isAgain = false;
  const ready = client.listen(channel, tell, () => {
    if (isAgain) tell(null);
    isAgain = true;
  });
  const ear = { client, hearers, ready };
  ears.set(channel, ear);
  return ear;
}
