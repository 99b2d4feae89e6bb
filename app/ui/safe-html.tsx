/** The one place that puts markup into a page: it must have been sanitised when it was stored. */
export function SafeHtml({ sanitized, className }: { sanitized: string; className?: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by infra/sanitize-html when it was stored
  return <div className={className} dangerouslySetInnerHTML={{ __html: sanitized }} />;
}
