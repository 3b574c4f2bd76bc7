/** A block takes little memory while it is small, and grows with what is written to it. */
import { RecordBlock, recordsIn } from '../../../src/records/store/record-block';

const origin = { resource: 'test.things', part: 1, entry: 2 };

function write(block: RecordBlock, index: number, line: string): boolean {
  if (!block.hasRoom(line.length + 200)) return false;
  block.begin(origin, 'file', index);
  block.length += block.text.write(line, block.length);
  const key = Buffer.alloc(16);
  key.writeUInt32LE(index);
  block.end(block.length, key);
  return true;
}

async function readBack(block: RecordBlock) {
  const records = [];
  for await (const record of recordsIn(block.packed())) records.push(record());
  return records;
}

describe('a block of records', () => {
  it('is full with 32,768 records, and gives each of them back', async () => {
    const block = new RecordBlock('exp_1', 200);
    let count = 0;
    while (write(block, count, `{"n":${count}}`)) count += 1;
    expect(count).toBe(32_768);
    const records = await readBack(block);
    expect(records).toHaveLength(count);
    for (const [index, { key, data, source }] of records.entries()) {
      if (Buffer.from(key, 'hex').readUInt32LE() !== index || data['n'] !== index || source.index !== index)
        throw new Error(`record ${index} came back as ${JSON.stringify({ key, data, source })}`);
    }
  });

  it('refuses a line that is longer than the room that was made for it', () => {
    const block = new RecordBlock('exp_1', 200);
    expect(block.hasRoom(200)).toBe(true);
    expect(() => block.end(block.text.length, Buffer.alloc(16))).toThrow(RangeError);
  });

  it.each([
    ['short lines, then long ones', [10, 100_000, 10, 1_000_000, 3_200_000], 4],
    ['one line that is longer than a block', [5_000_000, 10], 1],
    ['a line of half a block, then one that does not fit', [2_200_000, 2_200_000], 1],
  ])('with %s holds what fits into four megabytes, or its first line', async (_what, lengths, expected) => {
    const lines = lengths.map((length) => `{"s":"${'x'.repeat(length)}"}`);
    const block = new RecordBlock('exp_1', (lines[0] as string).length + 200);
    const written = lines.filter((line, index) => write(block, index, line));
    expect(written).toHaveLength(expected);
    expect((await readBack(block)).map(({ data }) => JSON.stringify(data))).toEqual(written);
  });
});
