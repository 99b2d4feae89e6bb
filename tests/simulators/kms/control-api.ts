import { z } from "zod";
import {
  aliasName,
  anyOperation,
  faultRequest,
  keyId,
  keyStates,
  type LedgerEntry,
  type SimulatorState,
} from "./control-messages";
import type { FaultPlan } from "./fault-plan";
import { expandOperations, type KeyStore } from "./key-store";

const keyName = z.string().min(1);
const addRequest = z.object({ keyId: keyId.optional(), alias: aliasName.optional() });
const stateRequest = z.object({ keyId: keyName, state: z.enum(keyStates) });
const denyRequest = z.object({ keyId: keyName, operations: z.array(anyOperation) });
const aliasRequest = z.object({ alias: aliasName, keyId: keyName });

export interface Controlled {
  keys: KeyStore;
  faults: FaultPlan;
  ledger: LedgerEntry[];
}

/** The control side, by name. Each takes the request's JSON and returns the answer's; throws on a bad request. */
export function controlApi({ keys, faults, ledger }: Controlled): Readonly<Record<string, (body: unknown) => unknown>> {
  return {
    ledger: () => ledger,
    "clear-ledger": () => void ledger.splice(0),
    "set-fault": (body) => faults.set(faultRequest.parse(body)),
    "clear-faults": () => faults.clear(),
    "set-key-state": (body) => {
      const asked = stateRequest.parse(body);
      keys.find(asked.keyId).state = asked.state;
    },
    "deny-key": (body) => {
      const asked = denyRequest.parse(body);
      keys.find(asked.keyId).denied = expandOperations(asked.operations);
    },
    "move-alias": (body) => {
      const asked = aliasRequest.parse(body);
      keys.moveAlias(asked.alias, asked.keyId);
    },
    "add-key": (body) => {
      const asked = addRequest.parse(body);
      const { id, arn } = keys.add(asked.keyId);
      if (asked.alias) keys.moveAlias(asked.alias, id);
      return { keyId: id, arn };
    },
    state: (): SimulatorState => ({
      region: keys.region,
      keys: keys.describe(),
      faults: faults.list(),
      requests: ledger.length,
    }),
  };
}
