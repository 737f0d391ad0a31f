/** Every kind of document. A name that several kinds have means the first of them. */
export const DOCUMENT_KINDS = ["sensor", "detector", "emitter", "material", "spectrum", "power"] as const;

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** Folder of the package with the documents of a kind. */
export const DOCUMENT_FOLDERS: Readonly<Record<DocumentKind, string>> = {
  sensor: "sensors",
  detector: "detectors",
  emitter: "emitters",
  material: "materials",
  spectrum: "spectra",
  power: "power",
};
