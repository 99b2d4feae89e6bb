import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { countKmsError } from "~/infra/metrics.server";
import type { KeyProvider, SealingContext } from "./key-provider";
import { VaultError, type VaultErrorKind } from "./vault-error";

/** All tries of one call together. */
const DEADLINE_MS = 8_000;

/** What KMS says, by the name of its exception. What is not named here is taken to pass (5xx, throttling, network). */
const kinds: Readonly<Record<string, VaultErrorKind>> = {
  AccessDeniedException: "denied",
  UnrecognizedClientException: "denied",
  InvalidSignatureException: "denied",
  IncompleteSignatureException: "denied",
  InvalidClientTokenId: "denied",
  MissingAuthenticationTokenException: "denied",
  OptInRequired: "denied",
  DisabledException: "disabled",
  KMSInvalidStateException: "disabled",
  NotFoundException: "configuration",
  InvalidKeyUsageException: "configuration",
  InvalidArnException: "configuration",
  ValidationException: "configuration",
  CredentialsProviderError: "configuration",
  InvalidCiphertextException: "corrupt",
  IncorrectKeyException: "corrupt",
};

/**
 * Data keys from AWS KMS, under `keyId` (an alias is followed when a key is made; records keep the key's own ARN).
 * AWS_ENDPOINT_URL_KMS and the usual AWS credentials are the SDK's own settings. Nothing is called before a key is needed.
 */
export function createKmsKeys(keyId: string, region: string): KeyProvider {
  let client: KMSClient | undefined;
  const connect = () => {
    client ??= new KMSClient({
      region,
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
    });
    return client;
  };
  return {
    async generate(context) {
      const answer = await ask("GenerateDataKey", (abortSignal) =>
        connect().send(
          new GenerateDataKeyCommand({
            KeyId: keyId,
            KeySpec: "AES_256",
            EncryptionContext: encryptionContext(context),
          }),
          { abortSignal },
        ),
      );
      const { Plaintext, CiphertextBlob, KeyId } = answer;
      if (Plaintext?.length !== 32 || !CiphertextBlob || !KeyId)
        throw new VaultError("unavailable", "malformed_answer");
      return { key: Buffer.from(Plaintext), wrapped: Buffer.from(CiphertextBlob), keyId: KeyId };
    },
    async unwrap(wrapped, arn, context) {
      const answer = await ask("Decrypt", (abortSignal) =>
        connect().send(
          new DecryptCommand({ CiphertextBlob: wrapped, KeyId: arn, EncryptionContext: encryptionContext(context) }),
          { abortSignal },
        ),
      );
      if (answer.Plaintext?.length !== 32) throw new VaultError("unavailable", "malformed_answer");
      return Buffer.from(answer.Plaintext);
    },
  };
}

/** KMS logs the context in clear, so it names the account by our own id only. */
function encryptionContext(context: SealingContext): Record<string, string> {
  return { app: "trendpot", ...context };
}

async function ask<T>(operation: "GenerateDataKey" | "Decrypt", send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await send(AbortSignal.timeout(DEADLINE_MS));
  } catch (error) {
    const name = error instanceof Error ? error.name : "unknown";
    const kind = kinds[name] ?? "unavailable";
    countKmsError(operation, kind);
    // The cause is left out: an SDK error holds the request, and with it the signature.
    throw new VaultError(kind, name);
  }
}
