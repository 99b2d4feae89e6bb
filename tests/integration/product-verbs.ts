import { withTikTokToken } from "~/features/accounts/with-tiktok-token.server";
import { actOnChallenge } from "~/features/challenges/act-on-challenge.server";
import { createChallenge } from "~/features/challenges/create-challenge.server";
import { claimSubmission } from "~/features/moderation/claim-submission.server";
import { decideSubmission } from "~/features/moderation/decide-submission.server";
import { judgeAppeal } from "~/features/moderation/judge-appeal.server";
import { reportEntry } from "~/features/moderation/report-entry.server";
import { undoDecision } from "~/features/moderation/undo-decision.server";
import { undoJudgement } from "~/features/moderation/undo-judgement.server";
import { tellCreators } from "~/features/notifications/tell-creators.server";
import { planRefresh } from "~/features/operations/plan-refresh.server";
import { openAppeal } from "~/features/submissions/open-appeal.server";
import { resubmitVideo } from "~/features/submissions/resubmit-video.server";
import { submitVideo } from "~/features/submissions/submit-video.server";
import { withdrawSubmission } from "~/features/submissions/withdraw-submission.server";
import { cancelSync } from "~/features/videos/cancel-sync.server";
import { findSyncStatus } from "~/features/videos/find-sync-status.server";
import { planSyncs } from "~/features/videos/plan-syncs.server";
import { requestSync } from "~/features/videos/request-sync.server";
import { resumeSync } from "~/features/videos/resume-sync.server";

/** What people can do, as the doors do it. Imported after the environment is set (see product-in-process.ts). */
export const verbs = {
  actOnChallenge,
  cancelSync,
  claimSubmission,
  createChallenge,
  decideSubmission,
  findSyncStatus,
  judgeAppeal,
  openAppeal,
  planRefresh,
  planSyncs,
  reportEntry,
  requestSync,
  resubmitVideo,
  resumeSync,
  submitVideo,
  tellCreators,
  undoDecision,
  undoJudgement,
  withdrawSubmission,
  withTikTokToken,
};
