/** The part of node-hid's HIDAsync that the adapter uses. */
export interface HidHandle {
  on(event: "data", listener: (report: Uint8Array) => void): unknown;
  /** node-hid gives plain strings, too. */
  on(event: "error", listener: (error: unknown) => void): unknown;
  write(report: Buffer): Promise<number>;
  sendFeatureReport(report: Buffer): Promise<number>;
  getFeatureReport(reportId: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A HID collection as node-hid lists it. */
export interface HidEntry {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly product?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

/** The part of node-hid that is used; tests give their own. */
export interface HidModule {
  devicesAsync(): Promise<readonly HidEntry[]>;
  readonly HIDAsync: { open(path: string): Promise<HidHandle> };
}

/** @throws Error when the native part of node-hid does not load. */
export function loadHidModule(): Promise<HidModule> {
  return import("node-hid");
}
