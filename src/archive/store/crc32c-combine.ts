/** The CRC32C of a whole from those of its pieces, so that pieces may be summed in any order and on any worker. */

/** Castagnoli's polynomial, lowest power first (RFC 3720 §12.1). */
const polynomial = 0x82f63b78;
/** The number 1 as a polynomial in that order of bits. */
const one = 0x80000000;

/** Product of two polynomials modulo {@link polynomial}. */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) product ^= factor;
    factor = (factor & 1) === 1 ? (factor >>> 1) ^ polynomial : factor >>> 1;
  }
  return product >>> 0;
}

/** x^8, x^16, x^32, …: the factors of a checksum when 1, 2, 4, … bytes follow. */
const shifts: number[] = [one >>> 8];
for (let power = 1; power < 53; power += 1) {
  const last = shifts[power - 1] ?? one;
  shifts.push(multiply(last, last));
}

/**
 * Checksums are remainders, so following bytes multiply the checksum before them by a power of x, and the rest is
 * added.
 *
 * @param first CRC32C of the first bytes; 0 for none
 * @param second CRC32C of the following bytes
 * @param secondBytes how many follow
 */
export function combineCrc32c(first: number, second: number, secondBytes: number): number {
  let shifted = first;
  for (let power = 0, left = secondBytes; left > 0; power += 1, left = Math.floor(left / 2)) {
    if (left % 2 === 1) shifted = multiply(shifts[power] ?? one, shifted);
  }
  return (shifted ^ second) >>> 0;
}

/** A CRC32C as Cloud Storage writes it: base64 of its four bytes, highest first. */
export function base64OfCrc32c(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}
