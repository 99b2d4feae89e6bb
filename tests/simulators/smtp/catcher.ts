import { createServer, type Socket } from "node:net";
import { FaultPlan, type MailFaultSpec, type PlannedFault, type Stage } from "./fault-plan";
import { type ReadLetter, readLetter } from "./read-letter";

/** A letter that was taken. */
export interface CaughtLetter extends ReadLetter {
  to: string;
  from: string;
  messageId: string;
  subject: string;
  takenAt: string;
}

export interface MailCatcher {
  /** For SMTP_URL, with name and password. */
  url: string;
  /** What an inbox shows: one of each Message-ID, oldest first. */
  letters(): CaughtLetter[];
  /** Every handing over that was taken, repeats too. */
  taken(): CaughtLetter[];
  setFault(fault: MailFaultSpec): PlannedFault;
  clearFaults(): void;
  /** Forgets letters and faults. */
  clear(): void;
  stop(): Promise<void>;
}

const USER = "trendpot";
const LINE_MAX = 1_000;

/**
 * A mail server that keeps what it is given: SMTP as RFC 5321 has it, on loopback. What a strict server would refuse is
 * refused: commands out of order, lines that end in a bare LF or are too long, a sender or recipient in another form than
 * `<name@host>`, a wrong password.
 */
export async function startMailCatcher({ password }: { password: string }): Promise<MailCatcher> {
  const faults = new FaultPlan();
  const sockets = new Set<Socket>();
  let taken: CaughtLetter[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setEncoding("latin1");
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    serve(socket, { faults, password, take: (letter) => taken.push(letter) });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The mail catcher has no port");
  return {
    url: `smtp://${USER}:${password}@127.0.0.1:${address.port}`,
    letters: () => taken.filter(({ messageId }, at) => taken.findIndex((one) => one.messageId === messageId) === at),
    taken: () => [...taken],
    setFault: (fault) => faults.set(fault),
    clearFaults: () => faults.clear(),
    clear: () => {
      faults.clear();
      taken = [];
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

interface Session {
  faults: FaultPlan;
  password: string;
  take: (letter: CaughtLetter) => void;
}

function serve(socket: Socket, { faults, password, take }: Session): void {
  let rest = "";
  let signedIn = false;
  let from: string | null = null;
  let to: string | null = null;
  /** Lines of the letter that is being sent; null between letters. */
  let lines: string[] | null = null;
  const say = (reply: string) => void socket.write(`${reply}\r\n`);
  /** Answers, unless a fault happens instead. */
  const answer = (stage: Stage, reply: string, act: () => void = () => undefined) => {
    const fault = faults.next(stage);
    switch (fault?.kind) {
      case undefined:
        act();
        return say(reply);
      case "refuse":
        return say(fault.reply);
      case "hang":
        return;
      case "lose_answer":
        act();
        return void socket.destroy();
      case "drop":
        return void socket.destroy();
    }
  };

  const command = (line: string) => {
    const [, verb = "", about = ""] = /^([A-Za-z]+)(?: (.*))?$/.exec(line) ?? [];
    switch (verb.toUpperCase()) {
      case "EHLO":
        return say("250-catcher.test\r\n250-8BITMIME\r\n250 AUTH PLAIN");
      case "AUTH":
        if (about !== `PLAIN ${Buffer.from(`\0${USER}\0${password}`).toString("base64")}`) {
          return say("535 5.7.8 Wrong name or password");
        }
        return answer("AUTH", "235 2.7.0 Welcome", () => {
          signedIn = true;
        });
      case "MAIL": {
        const [, sender] = /^FROM:<([^<>\s]+@[^<>\s]+)>(?: BODY=8BITMIME)?$/i.exec(about) ?? [];
        if (!signedIn) return say("530 5.7.0 Sign in first");
        if (from !== null || sender === undefined) return say("503 5.5.1 Not now, or not like this");
        return answer("MAIL", "250 2.1.0 Go on", () => {
          from = sender;
        });
      }
      case "RCPT": {
        const [, recipient] = /^TO:<([^<>\s]+@[^<>\s]+)>$/i.exec(about) ?? [];
        if (from === null || recipient === undefined) return say("503 5.5.1 Not now, or not like this");
        return answer("RCPT", "250 2.1.5 Go on", () => {
          to = recipient;
        });
      }
      case "DATA":
        if (to === null) return say("503 5.5.1 To whom?");
        return answer("DATA", "354 Go on, and end with a dot", () => {
          lines = [];
        });
      case "RSET":
        from = to = null;
        return say("250 2.0.0 Forgotten");
      case "QUIT":
        say("221 2.0.0 Bye");
        return void socket.end();
      default:
        return say("502 5.5.2 Not known here");
    }
  };

  const letterLine = (line: string) => {
    if (line !== ".") return void lines?.push(line.replace(/^\./, ""));
    const raw = `${lines?.join("\r\n")}\r\n`;
    const envelope = { from: from ?? "", to: to ?? "" };
    lines = from = to = null;
    answer("LETTER", "250 2.0.0 Taken", () => {
      const read = readLetter(raw);
      const { "message-id": messageId = "", subject = "" } = read.headers;
      take({ ...read, ...envelope, messageId, subject, takenAt: new Date().toISOString() });
    });
  };

  socket.on("data", (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (!line.endsWith("\r") || line.length >= LINE_MAX) {
        say("500 5.5.2 A line ends with CRLF, after 998 characters at most");
        socket.end();
        return;
      }
      if (lines === null) command(line.slice(0, -1));
      else letterLine(line.slice(0, -1));
    }
  });
  answer("CONNECT", "220 catcher.test ESMTP");
}
