// A tar archive that is the same bytes wherever it is made: ustar, nobody's files, one time for all. tar programs differ in what they can be told.

/** The block before a file: 512 bytes, numbers in octal. */
function header(name, size, time) {
  // Longer names would have to be cut in two.
  if (Buffer.byteLength(name) > 100) throw new Error(`${name} is too long a name for the archive`);
  const block = Buffer.alloc(512);
  const number = (value, at, length) => block.write(value.toString(8).padStart(length - 1, "0"), at);
  block.write(name, 0);
  number(0o644, 100, 8);
  number(0, 108, 8);
  number(0, 116, 8);
  number(size, 124, 12);
  number(time, 136, 12);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  // The sum of the block, with blanks in the place of the sum.
  block.fill(" ", 148, 156);
  number(block.reduce((sum, byte) => sum + byte, 0), 148, 7);
  block[154] = 0;
  return block;
}

/** An archive of `files`, a map of names to buffers, as of `time` in seconds since 1970. */
export function tar(files, time) {
  const names = Object.keys(files).sort();
  const blocks = names.flatMap((name) => [header(name, files[name].length, time), files[name], Buffer.alloc(-files[name].length & 511)]);
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
