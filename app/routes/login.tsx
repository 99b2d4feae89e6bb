import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Check, X } from "lucide-react";
import { safeReturnTo } from "~/features/accounts/return-to";
import { Banner } from "~/ui/banner";
import { ButtonLink } from "~/ui/button";

export const meta: MetaFunction = () => [{ title: "Sign in · TrendPot" }];

export const handle = { document: "public" };

export async function loader({ request }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const returnTo = safeReturnTo(search.get("returnTo"));
  return data({ returnTo: returnTo === "/" ? "/studio" : returnTo, erased: search.has("erased") });
}

const reads = [
  "Your public display name and picture",
  "The list of your public videos: caption, cover, length, numbers",
];
const never = [
  "Posts, likes or follows for you",
  "Reads private videos, messages or drafts",
  "Shows your TikTok access to anybody",
];

export default function Login() {
  const { returnTo, erased } = useLoaderData<typeof loader>();
  return (
    <div className="wrap section grid max-w-xl gap-8 md:py-20">
      {erased && (
        <Banner tone="approved" title="Your data is deleted">
          You are signed out everywhere. If you sign in again, you start as somebody new.
        </Banner>
      )}
      <div className="grid gap-3">
        <h1>Sign in</h1>
        <p className="text-lead text-ink-muted">
          TrendPot has no passwords. You sign in with your TikTok account, and you can disconnect it at any time, on
          your account page or at TikTok.
        </p>
      </div>
      <div className="panel grid gap-6 p-6">
        <section aria-labelledby="reads">
          <h2 id="reads" className="!text-[0.9375rem] font-semibold !tracking-normal">
            What TrendPot reads
          </h2>
          <ul className="mt-2 grid gap-2">
            {reads.map((item) => (
              <li key={item} className="flex gap-2">
                <Check size={18} className="mt-0.5 flex-none text-approved" aria-hidden="true" /> {item}
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="never">
          <h2 id="never" className="!text-[0.9375rem] font-semibold !tracking-normal">
            What TrendPot never does
          </h2>
          <ul className="mt-2 grid gap-2">
            {never.map((item) => (
              <li key={item} className="flex gap-2">
                <X size={18} className="mt-0.5 flex-none text-rejected" aria-hidden="true" /> {item}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <ButtonLink to={`/auth/tiktok?returnTo=${encodeURIComponent(returnTo)}`} tone="primary" large>
        Continue with TikTok
      </ButtonLink>
    </div>
  );
}
