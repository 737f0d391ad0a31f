import type { Camera } from "../camera/camera.ts";
import type { CameraStatistics } from "../camera/camera-options.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

const ROUND_TRIPS = 50;
/** A register takes a few ms; much more is felt. */
const SLOW_MS = 50;
/** Written, read back, put back: it decides nothing while nothing is acquired. */
const SCRATCH_REGISTER = "AcquisitionFrameCount";
const SCRATCH_VALUE = 0x5a5a;

const SAME_CABLE = "try another cable and port, without a hub; if it stays so, the board is at fault";

/** Contract, firmware and registers of a camera that is open. */
export async function checkRegisters(camera: Camera): Promise<Finding[]> {
  const info = await camera.info();
  const { registers } = camera;
  const times: number[] = [];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const startMs = performance.now();
    await registers.readNumber("DeviceMagic");
    times.push(performance.now() - startMs);
  }
  const before = await registers.readNumber(SCRATCH_REGISTER);
  await registers.write(SCRATCH_REGISTER, SCRATCH_VALUE);
  const readBack = await registers.readNumber(SCRATCH_REGISTER);
  await registers.write(SCRATCH_REGISTER, before);
  return [
    ok("contract", `ABI version ${info.abiVersion}, as this program has it`),
    ok("firmware", `${info.firmwareVersion} on ${info.model}, serial number ${info.serialNumber}`),
    roundTrip(times.sort((a, b) => a - b)[ROUND_TRIPS / 2] ?? 0),
    readBack === SCRATCH_VALUE
      ? ok("registers", "what is written is read back")
      : fail("registers", `found ${readBack}, expected the ${SCRATCH_VALUE} that was written`, SAME_CABLE),
  ];
}

function roundTrip(medianMs: number): Finding {
  const found = `a register in ${medianMs.toFixed(2)} ms (median of ${ROUND_TRIPS})`;
  if (medianMs < SLOW_MS) return ok("round trip", found);
  return warn("round trip", found, "look for another program that keeps board or processor busy");
}

/**
 * Take frames for a while and say what became of their reports.
 * @param patienceMs how much longer a frame may take.
 */
export async function checkStream(camera: Camera, seconds: number, patienceMs: number): Promise<Finding[]> {
  const lostBefore = await camera.registers.readNumber("LostReports");
  const elapsedMs = await streamFor(camera, 1000 * seconds, patienceMs);
  const counts = camera.statistics();
  if (elapsedMs === undefined || counts.frames === 0)
    return [
      fail(
        "stream",
        `no frame within ${seconds} s`,
        "look at the acquisition's registers: cqd reg read TriggerMode",
      ),
    ];
  const lostInside = (await camera.registers.readNumber("LostReports")) - lostBefore;
  const perS = (1000 * counts.reports) / elapsedMs;
  return [
    ok(
      "stream",
      `${counts.frames} frames, ${counts.reports} reports, ${perS.toFixed(0)} a second, in ${(elapsedMs / 1000).toFixed(1)} s`,
    ),
    loss(counts, lostInside),
  ];
}

function loss(counts: CameraStatistics, lostInside: number): Finding {
  const { corruptedReports, droppedFrames, lostReports } = counts;
  const found = `${lostReports} reports lost on the way, ${corruptedReports} corrupted, ${lostInside} lost in the board, ${droppedFrames} frames dropped by it`;
  if (corruptedReports > 0) return fail("loss", found, SAME_CABLE);
  if (lostInside > 0)
    return warn("loss", found, "this program read too slowly: end what else keeps the processor busy");
  if (lostReports > 0)
    return warn(
      "loss",
      found,
      "the system's queue ran over: end what else keeps the processor busy; two programs must not read one board",
    );
  if (droppedFrames === 0) return ok("loss", found);
  return warn(
    "loss",
    found,
    "the bus is slower than the sensor: use --stream-interface bulk, fewer components or fewer frames",
  );
}

/** @returns ms from start to the last frame; undefined when a frame does not come. */
async function streamFor(
  camera: Camera,
  durationMs: number,
  patienceMs: number,
): Promise<number | undefined> {
  const startMs = performance.now();
  const frames = camera.frames();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), durationMs + patienceMs);
  });
  try {
    while (performance.now() - startMs < durationMs) {
      const next = await Promise.race([frames.next(), tooLate]);
      if (next === undefined) return undefined;
    }
    const elapsedMs = performance.now() - startMs;
    await frames.return();
    return elapsedMs;
  } finally {
    clearTimeout(timer);
  }
}
