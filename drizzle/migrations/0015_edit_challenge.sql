ALTER TABLE "challenges" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
-- Once it is frozen, a challenge keeps what people entered by: its words, its dates and its rules.
DROP TRIGGER challenges_stay_frozen ON challenges;
--> statement-breakpoint
CREATE TRIGGER challenges_stay_frozen BEFORE UPDATE ON challenges FOR EACH ROW
  WHEN (
    (OLD.frozen_at IS NOT NULL AND (
      NEW.frozen_at, NEW.rules_version, NEW.version, NEW.slug, NEW.title, NEW.brief, NEW.organizer, NEW.prize, NEW.time_zone, NEW.opens_at, NEW.closes_at
    ) IS DISTINCT FROM (
      OLD.frozen_at, OLD.rules_version, OLD.version, OLD.slug, OLD.title, OLD.brief, OLD.organizer, OLD.prize, OLD.time_zone, OLD.opens_at, OLD.closes_at
    ))
    OR (OLD.finalised_at IS NOT NULL AND NEW.finalised_at IS DISTINCT FROM OLD.finalised_at)
  ) EXECUTE FUNCTION keep_frozen();
