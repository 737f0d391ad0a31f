/** The part of WebHID (https://wicg.github.io/webhid/) that is used here; TypeScript's DOM library has none of it. */

export interface WebHidReport {
  readonly reportId: number;
  /** Without the report id. */
  readonly data: DataView;
}

export interface WebHidDevice {
  readonly opened: boolean;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly collections: readonly { readonly usagePage?: number }[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  receiveFeatureReport(reportId: number): Promise<DataView>;
  addEventListener(type: "inputreport", listener: (event: WebHidReport) => void): void;
  removeEventListener(type: "inputreport", listener: (event: WebHidReport) => void): void;
}

export interface WebHidFilter {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage: number;
}

export interface WebHidConnection {
  readonly device: WebHidDevice;
}

/** `navigator.hid`. */
export interface WebHid {
  /** The devices that the user allowed this page to use and that are plugged in. */
  getDevices(): Promise<WebHidDevice[]>;
  /** Shows the browser's chooser: only in answer to a click or key. Empty when the user chose none. */
  requestDevice(options: { readonly filters: readonly WebHidFilter[] }): Promise<WebHidDevice[]>;
  addEventListener(type: "disconnect", listener: (event: WebHidConnection) => void): void;
  removeEventListener(type: "disconnect", listener: (event: WebHidConnection) => void): void;
}
