import {
  REG_SESSION_ACTIVITY,
  REG_SESSION_TAKEOVER,
  REG_SESSION_TOKEN,
} from "../../../hw-profiles/interface/registers.ts";
import { STATUS_OK } from "../../../hw-profiles/interface/status.ts";
import type { Transport } from "../transport.ts";
import { TransportError } from "../transport-error.ts";
import { SessionTransport } from "./session-transport.ts";
import { readWord, writeWord } from "./word-exchange.ts";

export interface SessionOptions {
  /** Not 0, different in every program; default: drawn at random. It changes no byte of a frame. */
  readonly token?: number;
  /** How long a holder must be silent to be taken for dead, ms; default 1500. */
  readonly silenceMs?: number;
  /** How often a silent session says that it lives, ms; default 400. Well below `silenceMs`. */
  readonly keepAliveMs?: number;
}

const DEFAULT_SILENCE_MS = 1500;
const DEFAULT_KEEP_ALIVE_MS = 400;
/** Looks at a silent holder. One alone would be due at once in a program that stood still, with a holder that did so, too. */
const LOOKS = 4;

/**
 * Take a device for this program alone, as far as its registers and its stream go; others can still read registers.
 * A device whose holder has been silent for `silenceMs` is taken over: that program is gone. close() lets go of it.
 * @throws TransportError "busy" when another program uses the device; the transport is closed then.
 */
export async function openSession(inner: Transport, options: SessionOptions = {}): Promise<Transport> {
  const session = new SessionTransport(inner, options.token ?? drawToken());
  try {
    if (!(await claim(session))) await takeOver(session, options.silenceMs ?? DEFAULT_SILENCE_MS);
  } catch (error) {
    await inner.close();
    throw error;
  }
  session.hold(options.keepAliveMs ?? DEFAULT_KEEP_ALIVE_MS);
  return session;
}

/** @returns false when another program holds the device. */
async function claim(session: SessionTransport): Promise<boolean> {
  try {
    requireOk(session, await writeWord(session, REG_SESSION_TOKEN, session.token));
    return true;
  } catch (error) {
    if (error instanceof TransportError && error.code === "session") return false;
    throw error;
  }
}

async function takeOver(session: SessionTransport, silenceMs: number): Promise<void> {
  const before = await readWord(session, REG_SESSION_ACTIVITY);
  for (let look = 0; look < LOOKS; look++) {
    await new Promise((resolve) => setTimeout(resolve, silenceMs / LOOKS));
    if ((await readWord(session, REG_SESSION_ACTIVITY)) !== before) throw inUse(session);
  }
  requireOk(session, await writeWord(session, REG_SESSION_TAKEOVER, session.token));
}

function inUse({ name }: Transport): TransportError {
  return new TransportError(
    "busy",
    `${name}: found it in use by another program, expected it free; close that program (viewer, stream, capture) or use another device`,
  );
}

function requireOk({ name }: Transport, status: number): void {
  if (status === STATUS_OK) return;
  throw new TransportError(
    "busy",
    `${name}: found status ${status} as the answer to a session request, expected ${STATUS_OK}; the device speaks another version of the contract`,
  );
}

function drawToken(): number {
  const [token = 0] = crypto.getRandomValues(new Uint32Array(1));
  return token === 0 ? 1 : token;
}
