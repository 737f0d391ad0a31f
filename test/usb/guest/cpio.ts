/** A file of the guest. Directories come of themselves. */
export interface GuestFile {
  /** Without a leading slash. */
  readonly path: string;
  readonly bytes: Buffer;
  readonly isProgram: boolean;
}

const FOLDER_MODE = 0o40755;
const FILE_MODE = 0o100644;
const PROGRAM_MODE = 0o100755;

/** An archive in the "newc" format of cpio, which the kernel unpacks into its first root. */
export function cpioArchive(files: readonly GuestFile[]): Buffer {
  const parts: Buffer[] = [];
  let inode = 1;
  const add = (path: string, mode: number, bytes: Buffer) => {
    parts.push(header(path, mode, bytes.length, inode++), padded(bytes));
  };
  for (const folder of foldersOf(files)) add(folder, FOLDER_MODE, Buffer.alloc(0));
  for (const { path, bytes, isProgram } of files) add(path, isProgram ? PROGRAM_MODE : FILE_MODE, bytes);
  parts.push(header("TRAILER!!!", 0, 0, 0));
  return Buffer.concat(parts);
}

/** Every folder above a file, each before what is in it. */
function foldersOf(files: readonly GuestFile[]): string[] {
  const folders = new Set<string>();
  for (const { path } of files) {
    const names = path.split("/").slice(0, -1);
    for (let depth = 1; depth <= names.length; depth++) folders.add(names.slice(0, depth).join("/"));
  }
  return [...folders];
}

/** Magic, 13 numbers of eight hexadecimal digits, the name; padded to four bytes. */
function header(path: string, mode: number, length: number, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`);
  const links = 1;
  const numbers = [inode, mode, 0, 0, links, 0, length, 0, 0, 0, 0, name.length, 0];
  const text = numbers.map((value) => value.toString(16).padStart(8, "0")).join("");
  return padded(Buffer.concat([Buffer.from(`070701${text}`), name]));
}

function padded(bytes: Buffer): Buffer {
  const missing = -bytes.length & 3;
  return missing === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(missing)]);
}
