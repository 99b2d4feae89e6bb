import { DomainError } from "~/features/domain-error";
import { eligibilitySchema, type RuleCheck } from "./submission";

/** The rules that a NOT_ELIGIBLE refusal is about; none for any other error. */
export function listFailedRules(error: unknown): RuleCheck[] {
  if (!(error instanceof DomainError) || error.code !== "NOT_ELIGIBLE") return [];
  return eligibilitySchema.parse(error.details.checks).filter(({ outcome }) => outcome === "fail");
}
