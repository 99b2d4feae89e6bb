import { createTransport } from "nodemailer";
import { z } from "zod";
import { env } from "./env.server";
import { MailFault } from "./mail-fault";
import { once } from "./once.server";

/** Letters leave through the SMTP server at SMTP_URL, one connection each. */

export interface Mail {
  /** Makes the Message-ID: the same letter handed over again has the same, by which servers and programs know it. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where one POST ends all further letters (RFC 8058). */
  unsubscribeUrl: string | null;
}

/** Whether this installation sends e-mail at all. */
export const sendsMail = env.SMTP_URL !== undefined;

/** The whole of one handing over, whatever each step takes. */
export const MAIL_TIMEOUT_MS = 60_000;
/** Unless the URL says otherwise, as it may of all that nodemailer knows (`?socketTimeout=5000`). */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 };

const transport = once("mail", () => {
  const url = new URL(env.SMTP_URL ?? "smtp://127.0.0.1");
  // They write addresses and words into the log.
  url.searchParams.delete("logger");
  url.searchParams.delete("debug");
  // smtp:// takes TLS where it is offered; a password leaves this machine under TLS or not at all.
  const requireTLS = url.protocol === "smtp:" && url.username !== "" && !isLoopback(url.hostname);
  return createTransport({ ...TIMEOUTS, requireTLS, url: url.href, disableFileAccess: true, disableUrlAccess: true });
});

/** Hands a letter over. Returns once the server has taken it, and throws a MailFault when it is not known to have. */
export async function sendMail({ id, to, subject, text, html, unsubscribeUrl }: Mail): Promise<void> {
  const domain = env.MAIL_FROM.slice(env.MAIL_FROM.lastIndexOf("@") + 1);
  const oneClick: Record<string, string> =
    unsubscribeUrl === null
      ? {}
      : { "List-Unsubscribe": `<${unsubscribeUrl}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
  try {
    await transport.sendMail({
      messageId: `<${id}@${domain}>`,
      from: { name: "TrendPot", address: env.MAIL_FROM },
      to: { name: "", address: to },
      subject,
      text,
      html,
      headers: { "Auto-Submitted": "auto-generated", ...oneClick },
      signal: AbortSignal.timeout(MAIL_TIMEOUT_MS),
    });
  } catch (error) {
    throw faultOf(error);
  }
}

/** Connects, greets and signs in as for a letter. Throws a MailFault. */
export async function probeMail(): Promise<void> {
  try {
    await transport.verify();
  } catch (error) {
    throw faultOf(error);
  }
}

const errorSchema = z.object({
  code: z.string().regex(/^\w+$/).catch("UNKNOWN"),
  command: z
    .string()
    .regex(/^[A-Z0-9 -]+$/)
    .catch("?"),
  responseCode: z.number().optional().catch(undefined),
  response: z.string().catch(""),
});

/** Only what is said about the recipient or the letter itself is about the address. */
function faultOf(error: unknown): MailFault {
  const { code, command, responseCode, response } = errorSchema.parse(error);
  const reason = `${responseCode ?? code} ${command}`;
  // X.7.X is about policy (RFC 3463): a relay that does not know us, a signature that is missing. Ours to mend.
  const isPolicy = /^\d{3}[ -]\d\.7\./.test(response);
  const isAboutAddress = responseCode !== undefined && /^(RCPT TO|DATA)$/.test(command) && !isPolicy;
  return new MailFault(reason, isAboutAddress ? "address" : "server", isAboutAddress && responseCode >= 500);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}
