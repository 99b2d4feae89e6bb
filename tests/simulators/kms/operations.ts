import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { LedgerEntry, Operation } from "./control-messages";
import type { Key, KeyStore } from "./key-store";
import { KmsFailure } from "./kms-failure";

const CONTEXT_MAX = 8_192;

const keyName = z.string().min(1).max(2_048);
const context = z
  .record(z.string(), z.string())
  .default({})
  .refine((given) => JSON.stringify(given).length <= CONTEXT_MAX, "the encryption context is too long");

const generateRequest = z.object({
  KeyId: keyName,
  KeySpec: z.string().optional(),
  NumberOfBytes: z.int().optional(),
  EncryptionContext: context,
});
const decryptRequest = z.object({
  CiphertextBlob: z.base64().min(1).max(8_192),
  KeyId: keyName.optional(),
  EncryptionContext: context,
  EncryptionAlgorithm: z.literal("SYMMETRIC_DEFAULT").optional(),
});
const describeRequest = z.object({ KeyId: keyName });

/** What the ledger may know of a request; filled in as far as the request comes. */
type Witness = Pick<LedgerEntry, "keyId" | "encryptionContext">;

/** Does one operation; returns KMS's answer, throws KmsFailure. `body` is the request's JSON. */
export function operate(keys: KeyStore, operation: Operation, body: unknown, witness: Witness): unknown {
  switch (operation) {
    case "GenerateDataKey":
      return generateDataKey(keys, body, witness);
    case "Decrypt":
      return decrypt(keys, body, witness);
    case "DescribeKey":
      return describeKey(keys, body, witness);
  }
}

/** Stricter than KMS: AES_256 is all that this product may ask for. */
function generateDataKey(keys: KeyStore, body: unknown, witness: Witness) {
  const asked = read(generateRequest, body);
  witness.encryptionContext = asked.EncryptionContext;
  if ((asked.KeySpec === undefined) === (asked.NumberOfBytes === undefined)) {
    throw invalid("Please specify either number of bytes or key spec.");
  }
  if (asked.KeySpec !== "AES_256") throw invalid("this simulator makes data keys of AES_256 only");
  const key = named(keys, asked.KeyId, witness);
  keys.use(asked.KeyId, "GenerateDataKey");
  const plain = randomBytes(32);
  const wrapped = keys.wrap(key, plain, asked.EncryptionContext);
  return { CiphertextBlob: wrapped.toString("base64"), Plaintext: plain.toString("base64"), KeyId: key.arn };
}

function decrypt(keys: KeyStore, body: unknown, witness: Witness) {
  const asked = read(decryptRequest, body);
  witness.encryptionContext = asked.EncryptionContext;
  if (asked.KeyId !== undefined) named(keys, asked.KeyId, witness);
  const blob = Buffer.from(asked.CiphertextBlob, "base64");
  const { key, plain } = keys.unwrap(blob, asked.KeyId, asked.EncryptionContext);
  witness.keyId = key.arn;
  return { KeyId: key.arn, Plaintext: plain.toString("base64"), EncryptionAlgorithm: "SYMMETRIC_DEFAULT" };
}

function describeKey(keys: KeyStore, body: unknown, witness: Witness) {
  const asked = read(describeRequest, body);
  const { id, arn, state, created } = named(keys, asked.KeyId, witness);
  keys.use(asked.KeyId, "DescribeKey");
  return {
    KeyMetadata: {
      AWSAccountId: arn.split(":")[4],
      KeyId: id,
      Arn: arn,
      CreationDate: created,
      Enabled: state === "Enabled",
      KeyState: state,
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyManager: "CUSTOMER",
      Origin: "AWS_KMS",
      KeySpec: "SYMMETRIC_DEFAULT",
      CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
      EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      MultiRegion: false,
    },
  };
}

function named(keys: KeyStore, keyId: string, witness: Witness): Key {
  const key = keys.find(keyId);
  witness.keyId = key.arn;
  return key;
}

/** KMS tells a member of the wrong type from one that is missing or out of bounds. */
function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue?.path.join(".") ?? "";
  const wrongType = issue?.code === "invalid_type" && issue.input !== undefined;
  if (wrongType || issue?.code === "invalid_format") throw new KmsFailure("SerializationException");
  throw invalid(`1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message}`);
}

function invalid(message: string): KmsFailure {
  return new KmsFailure("ValidationException", message);
}
