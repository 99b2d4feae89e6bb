import type { MetaFunction } from "@remix-run/node";

export const meta: MetaFunction = () => [{ title: "Terms · TrendPot" }];

export const handle = { document: "public" };

export default function Terms() {
  return (
    <article className="wrap section prose">
      <h1>Terms</h1>
      <p>
        By signing in and entering videos here you agree to the following. The operator of this site is responsible for
        it.
      </p>
      <h2>Your videos</h2>
      <ul>
        <li>Enter only videos that you made and may show, with the consent of the people in them.</li>
        <li>Your videos stay on TikTok and stay yours. This site shows them through TikTok's own player.</li>
        <li>TikTok's own terms hold for what you post there.</li>
      </ul>
      <h2>Entries and decisions</h2>
      <ul>
        <li>Each challenge has its own rules. You accept the version that is shown when you enter.</li>
        <li>Moderators decide on entries and give a reason. Nobody decides on their own entry.</li>
        <li>You can withdraw an entry until the standings are frozen. Deleting your data withdraws all of them.</li>
      </ul>
      <h2>Fair play</h2>
      <p>Bought or automated views, likes or comments exclude an entry, and so do videos that harm people.</p>
      <h2>The service</h2>
      <p>The site is offered as it is. It depends on TikTok, which may limit or end its services at any time.</p>
    </article>
  );
}
