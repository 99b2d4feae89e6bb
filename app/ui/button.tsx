import type { ComponentProps } from "react";
import { Link } from "./link";

export type ButtonTone = "plain" | "primary" | "danger" | "quiet";

const toneClass: Record<ButtonTone, string> = {
  plain: "",
  primary: "btn-primary",
  danger: "btn-danger",
  quiet: "btn-quiet",
};

interface Look {
  tone?: ButtonTone;
  large?: boolean;
}

function classOf({ tone = "plain", large = false }: Look, extra = ""): string {
  return ["btn", toneClass[tone], large ? "btn-large" : "", extra].filter(Boolean).join(" ");
}

export function Button({ tone, large, className, type = "button", ...rest }: ComponentProps<"button"> & Look) {
  return <button type={type} className={classOf({ tone, large }, className)} {...rest} />;
}

/** A link that looks like a button; it goes somewhere and changes nothing. */
export function ButtonLink({ tone, large, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link className={classOf({ tone, large }, className)} {...rest} />;
}
