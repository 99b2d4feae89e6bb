import { expect, test } from "vitest";
import { fillTemplate, leftPlaceholders, templateActionSchema } from "./message-template";

test("what is known is filled in, and what is not stays to be seen", () => {
  const words = "{{creator}}, change it by {{ deadline }}: {{rule}}. {{nonsense}}";
  const filled = fillTemplate(words, { creator: "Ana $& {x}", deadline: "Friday" });
  expect(filled).toBe("Ana $& {x}, change it by Friday: {{rule}}. {{nonsense}}");
  expect(leftPlaceholders(filled)).toEqual(["{{rule}}", "{{nonsense}}"]);
});

test("half a placeholder is left over too, and a single brace is none", () => {
  expect(leftPlaceholders("Hello {{creator")).toEqual(["{{"]);
  expect(leftPlaceholders("Hello creator}}")).toEqual(["}}"]);
  expect(leftPlaceholders("{a} {b} c")).toEqual([]);
});

test("a template with a place that nothing fills in is refused", () => {
  const form = { intent: "save", id: "", name: "Short", verdict: "reject", words: "Dear {{creator}}" };
  expect(templateActionSchema.safeParse(form).success).toBe(true);
  const wrong = templateActionSchema.safeParse({ ...form, words: "Dear {{name}}" });
  expect(wrong.error?.issues[0]?.message).toBe("Nothing fills in {{name}}");
});
