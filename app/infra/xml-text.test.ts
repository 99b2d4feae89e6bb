import { expect, test } from "vitest";
import { xmlText } from "./xml-text";

test("marks of XML become references, and what XML cannot hold is left out", () => {
  expect(xmlText(`</title><a b="c" d='e'>&amp;]]>`)).toBe(
    "&lt;/title&gt;&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;]]&gt;",
  );
  expect(xmlText("a\u0000b\u0008c\u001bd\ufffee\uffff")).toBe("abcde");
  expect(xmlText("one \ud83d\ude00 \ud83d two \udc00")).toBe("one \ud83d\ude00  two ");
  expect(xmlText("line\nnext\tand מזל طوب")).toBe("line\nnext\tand מזל طوب");
});
