import { ButtonLink } from "./button";
import { MessagePage } from "./message-page";

/** What a person sees when a page fails. `requestId` leads an operator to the log's lines; no other detail is shown. */
export function ErrorPage({ status, requestId }: { status: number; requestId: string | null }) {
  const { title, words } = wordsOf(status);
  return (
    <MessagePage title={title} words={words} state={`error-${status}`}>
      {status >= 500 && requestId && (
        <p className="hint">
          If it goes on, tell the operator this number: <code>{requestId}</code>
        </p>
      )}
      <ButtonLink to="/" tone="primary">
        See the challenges
      </ButtonLink>
    </MessagePage>
  );
}

/** For the window's title too. */
export function errorTitle(status: number): string {
  return wordsOf(status).title;
}

function wordsOf(status: number): { title: string; words: string } {
  if (status === 404)
    return { title: "There is nothing here", words: "The address is wrong, or what was here is gone." };
  if (status === 403) return { title: "This is not for your account", words: "Your role does not open this page." };
  if (status === 400)
    return {
      title: "That could not be read",
      words: "The form came back in a way that makes no sense here. Go back and try again.",
    };
  return {
    title: "Something went wrong",
    words: "It is not your doing, and nothing you entered is lost. Try again in a moment.",
  };
}
