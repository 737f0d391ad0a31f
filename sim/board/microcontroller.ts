import { BOOT_REFUSED, RESET_POWER, RESET_TRAP, RESET_WATCHDOG } from "../../hw-profiles/interface/flash.ts";
import { STATUS_OK, STATUS_RECOVERY, STATUS_TRAP } from "../../hw-profiles/interface/status.ts";
import type { SensorProfile } from "../../hw-profiles/sensor-profile.ts";
import type { FrameStart } from "./firmware-host.ts";
import { type FlashSetup, FlashUnit, type Restart } from "./flash/flash-unit.ts";
import type { FramePlan } from "./frame-plan.ts";
import { ReadoutUnit } from "./readout-unit.ts";

/** Readout logic as bytes, and what to call it in messages. */
export interface FirmwareFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
}

/**
 * Turns of loops and calls that one call into a module from the flash may take before the watchdog ends it. A line of 320
 * columns and 32 gates takes the package's module 65 000, without vectors 400 000.
 */
const WATCHDOG_FUEL = 100_000_000;

/** A board on a bench: its flash is blank, the debugger loads the module. */
const BENCH: FlashSetup = { keys: [] };

/**
 * The processor: runs one readout logic, and restarts it by way of the boot loader. The bus and the registers outlive a
 * restart; sequence numbers go on.
 */
export class Microcontroller {
  private readonly setup: FlashSetup;
  private readonly profile: SensorProfile;
  private readout: ReadoutUnit | undefined;
  private unit: FlashUnit | undefined;
  private isOnTrial = false;
  private wanted: number | undefined;

  /**
   * @param firmware what the board runs from power-on, unless `setup` has the state of a flash.
   * @throws FirmwareError for a module that the board cannot run.
   */
  constructor(firmware: FirmwareFile, profile: SensorProfile, setup: FlashSetup = BENCH) {
    this.setup = setup;
    this.profile = profile;
    if (setup.state === undefined) this.readout = new ReadoutUnit(firmware.bytes, firmware.name);
    else this.take(this.flash().powerOnRestart);
  }

  /** Made when it is first asked for: most runs never look at it. */
  flash(): FlashUnit {
    this.unit ??= new FlashUnit(this.setup, this.profile.mode, this.profile.adc.clockHz);
    return this.unit;
  }

  get firmwareVersion(): string {
    return this.readout?.firmwareVersion ?? "none (recovery)";
  }

  /** @returns STATUS_*. */
  configure(plan: FramePlan): number {
    return this.readout?.configure(plan) ?? STATUS_RECOVERY;
  }

  /**
   * @param codes u16 [plane][line][column]
   * @returns STATUS_OK, or what stopped the frame. After a trap on trial a restart is due, and the frame is lost.
   */
  read(plan: FramePlan, start: FrameStart, codes: Uint16Array, send: (report: Uint8Array) => void): number {
    const { readout } = this;
    if (readout === undefined) return STATUS_RECOVERY;
    let status = readout.configure(plan);
    if (status === STATUS_OK) status = readout.read(plan, start, codes, send);
    if (status === STATUS_TRAP && this.isOnTrial) {
      this.want(readout.firmware.isExhausted ? RESET_WATCHDOG : RESET_TRAP);
    }
    return status;
  }

  /** STATUS_DETAIL of the last call. */
  get detail(): number {
    return this.readout?.firmware.detail ?? 0;
  }

  /** The next sequence number of data reports, taken. */
  takeSequence(): number {
    if (this.readout === undefined) return 0;
    const { firmware } = this.readout;
    const { sequence } = firmware;
    firmware.sequence = (sequence + 1) >>> 0;
    return sequence;
  }

  /** Ask for a restart at the next occasion. @param reset RESET_* */
  want(reset = RESET_POWER): void {
    this.wanted = reset;
  }

  get isRestartDue(): boolean {
    return this.wanted !== undefined;
  }

  /** Restart, if that is due. @returns cycles of the ROIC clock that it took. */
  restartIfDue(): number {
    if (this.wanted === undefined) return 0;
    const reset = this.wanted;
    this.wanted = undefined;
    const restart = this.flash().restart(reset);
    this.take(restart);
    return restart.cycles;
  }

  /** The image on trial was confirmed: what it fails with from now on ends the acquisition, and no restart goes back. */
  confirmed(): void {
    this.isOnTrial = false;
  }

  /** No image: recovery; a board whose flash the boot loader refuses keeps what its debugger loaded. */
  private take({ image, isTrial }: Restart): void {
    if (image === undefined) {
      if (this.flash().status.result !== BOOT_REFUSED) this.readout = undefined;
      this.isOnTrial = false;
      return;
    }
    this.load({ bytes: image.payload, name: `slot ${image.slot}` }, isTrial);
  }

  private load(file: FirmwareFile, isOnTrial: boolean): void {
    const sequence = this.readout?.firmware.sequence;
    this.isOnTrial = isOnTrial;
    this.readout = new ReadoutUnit(file.bytes, file.name, { fuel: WATCHDOG_FUEL });
    if (sequence !== undefined) this.readout.firmware.sequence = sequence;
  }
}
