// How much memory the libraries of this worker may take for one file. HDF5 believes what a file claims, and its filters unpack to
// any size; what they ask for beyond the bound is refused as if the machine had no more, which they know to bear.

/** A file that holds what it should takes its own size twice: as it is stored, and as it is handed out. */
const TIMES = 3;
const BESIDES = 2 ** 27;
const PAGE = 2 ** 16;

let most = 0;

/** For the file of so many bytes that is read next. */
export function boundMemory(bytes: number): void {
  most = BESIDES + TIMES * bytes;
}

const { grow } = WebAssembly.Memory.prototype;

WebAssembly.Memory.prototype.grow = function bounded(this: WebAssembly.Memory, pages: number) {
  if (most > 0 && this.buffer.byteLength + pages * PAGE > most) {
    throw new RangeError(`memory: at most ${most} bytes for this file.`);
  }
  return grow.call(this, pages);
};
